import type { Relaxed, RelaxOptions, Unsupported } from '../force-field/force-field.js';
import type { Molecule } from '../molecule.js';

/** How shapes are made: distance geometry of our own, or OpenChemLib's rules. */
export const shapeMethods = ['distance-geometry', 'rules'] as const;
export type ShapeMethod = (typeof shapeMethods)[number];

/** Conformers of one molecule to relax. */
export interface RelaxTask {
  readonly kind: 'relax';
  readonly molecule: Molecule;
  readonly conformers: readonly Float32Array[];
  readonly options: RelaxOptions;
}

/** Shapes of one molecule to make. */
export interface ShapeTask {
  readonly kind: 'shapes';
  readonly molecule: Molecule;
  readonly method: ShapeMethod;
  readonly seed: number;
  /** The numbers of the shapes, from 0: each has random numbers of its own. */
  readonly first: number;
  readonly count: number;
}

export type MoleculeTask = RelaxTask | ShapeTask;
export type MoleculeAnswer = readonly (Relaxed | Unsupported)[] | readonly Float32Array[];
