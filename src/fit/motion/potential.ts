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
  /**
   * Energy and forces of positions.
   * @param positions [atoms, 3] row by row; they are not changed until the answer is there, and may be after
   */
  evaluate(positions: Float64Array): Promise<EnergyAndForces>;
}

/** The atoms that a potential is opened for. */
export interface PotentialAtoms {
  /** The symbols of the atoms. */
  readonly species: readonly string[];
  /** The vectors a, b, c of the cell, row by row, in the potential's unit of length. */
  readonly cell?: ArrayLike<number>;
  /** Along which of them atoms repeat; default all, where there is a cell. */
  readonly periodic?: ArrayLike<boolean | number>;
}

/** A potential that holds a runtime's memory until it is closed. */
export interface OpenedPotential extends Potential {
  /** Of the content of what it was opened from: the same for the same energies and forces. */
  readonly hash?: string;
  /** Frees the memory. */
  close(): Promise<void>;
}

/**
 * Opens the potential of a weight file for atoms.
 *
 * @throws UserError where the weights are those of no energy, or of other species
 */
export type OpenPotential<Device extends string = string> = (
  weights: string,
  atoms: PotentialAtoms,
  options: { readonly device: Device },
) => Promise<OpenedPotential>;

/** Whether atoms repeat along any direction. */
export const isPeriodic = ({ cell, periodic }: PotentialAtoms): boolean =>
  cell !== undefined && (periodic === undefined || Array.prototype.some.call(periodic, Boolean));
