/** What a potential says of one geometry. */
export interface EnergyAndForces {
  /** In the potential's unit of energy. */
  readonly energy: number;
  /** Minus the gradient of the energy, [atoms, 3] row by row, in its unit of energy per its unit of length. */
  readonly forces: Float64Array;
}

/**
 * An energy as a function of the positions of given atoms, with its forces. Which atoms they are, their cell, and the
 * units are the potential's own matter. Answers must not change later: the forces are the caller's to keep.
 */
export interface Potential {
  /** @param positions [atoms, 3] row by row, in the potential's unit of length; not changed, and free to be after */
  evaluate(positions: Float64Array): Promise<EnergyAndForces>;
}
