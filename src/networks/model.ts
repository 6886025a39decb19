import type { Parameter } from '../nn/index.js';
import type { Tensor } from '../tensor/index.js';
import type { SystemTensors } from './system.js';

/** A network that predicts where the bodies of a system will be. */
export interface DynamicsModel {
  readonly parameters: readonly Parameter[];
  /** Predicted positions, [nodes, 3]. */
  predict(system: SystemTensors): Tensor;
}

/** How large a network is. */
export interface NetworkSize {
  /** Width of the node features and of the hidden layers; default 64. */
  readonly hidden?: number;
  /** Number of message-passing layers; default 4. */
  readonly layers?: number;
}
