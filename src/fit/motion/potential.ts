import type { MotionUnits } from './units.js';

/** What a potential says of one geometry. */
export interface EnergyAndForces {
  /** In the potential's unit of energy. */
  readonly energy: number;
  /** Minus the gradient of the energy, [atoms, 3] row by row, in its unit of energy per its unit of length. */
  readonly forces: Float64Array;
}

/**
 * An energy as a function of the positions of given atoms, with its forces. Which atoms they are, and in which cell, is
 * the potential's own matter.
 */
export interface Potential {
  readonly units: MotionUnits;
  /** @param positions [atoms, 3] row by row; they are not changed until the answer is there, and may be after */
  evaluate(positions: Float64Array): Promise<EnergyAndForces>;
}
