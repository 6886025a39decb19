import type { Parameter } from '../../nn/index.js';
import type { Tensor } from '../../tensor/index.js';
import type { BodyColumns, SystemTensors } from './system.js';
import type { GraphRule } from './system-graph.js';

/** What a network foretells of systems. */
export interface MovedSystem<Rows = Tensor> {
  /** Where the bodies will be, [nodes, 3]. */
  readonly positions: Rows;
  /** How fast they will be, [nodes, 3]; only of networks that predict it. */
  readonly velocities?: Rows;
}

/** What is foretold, under the names that it has in programs. */
export const outputsOf = <Rows>({ positions, velocities }: MovedSystem<Rows>): Readonly<Record<string, Rows>> => ({
  predicted_positions: positions,
  ...(velocities && { predicted_velocities: velocities }),
});

/** A network that predicts where the bodies of a system will be. */
export interface DynamicsModel {
  readonly parameters: readonly Parameter[];
  /** The further columns of bodies that it takes as inputs; none where left out. */
  readonly columns?: BodyColumns;
  /** Which bodies it sees as pairs; all, where left out. */
  readonly graph?: GraphRule;
  /** Where the bodies will be and, perhaps, how fast. */
  predict(system: SystemTensors): MovedSystem;
}
