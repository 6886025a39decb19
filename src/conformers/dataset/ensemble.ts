import type { Molecule } from '../../molecules/molecule.js';

/** How the shapes of an ensemble were computed. */
export const theoryLevels = ['mmff94s', 'gfn2', 'dft', 'unknown'] as const;
/** A level of theory. */
export type TheoryLevel = (typeof theoryLevels)[number];

/** A molecule and shapes of it. */
export interface Ensemble {
  readonly molecule: Molecule;
  /** Positions in ångström, x, y, z of one atom after the other: [atoms · 3] per conformer. */
  readonly conformers: readonly Float32Array[];
  /** Energies over the lowest one in kcal/mol, one per conformer, where they are known. */
  readonly energies?: Float32Array;
  /** Boltzmann weights, one per conformer, summing to 1, where they are known. */
  readonly weights?: Float32Array;
  readonly level: TheoryLevel;
}
