import type { Parameter } from '../../nn/index.js';
import type { Tensor } from '../../tensor/index.js';
import type { SystemTensors } from './system.js';

/** A network that predicts where the bodies of a system will be. */
export interface DynamicsModel {
  readonly parameters: readonly Parameter[];
  /** Predicted positions, [nodes, 3]. */
  predict(system: SystemTensors): Tensor;
}
