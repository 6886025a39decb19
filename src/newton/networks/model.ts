import type { Parameter } from '../../nn/index.js';
import type { Tensor } from '../../tensor/index.js';
import type { BodyColumns, SystemTensors } from './system.js';

/** A network that predicts where the bodies of a system will be. */
export interface DynamicsModel {
  readonly parameters: readonly Parameter[];
  /** The further columns of bodies that it takes as inputs; none where left out. */
  readonly columns?: BodyColumns;
  /** It sees edges between bodies that are nearer than this; between all, where left out. */
  readonly cutoff?: number;
  /** Predicted positions, [nodes, 3]. */
  predict(system: SystemTensors): Tensor;
}
