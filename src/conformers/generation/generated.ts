import type { Molecule } from '../../molecules/molecule.js';
import type { FailedConformer, MadeConformer } from '../making/made-conformer.js';
import type { MakingOptions } from '../making/making-settings.js';
import type { ChunkOptions } from './generate-chunks.js';

export interface GenerateOptions extends MakingOptions, ChunkOptions {
  /**
   * Conformers this near to an earlier one of the same isomer, in ångström RMSD of heavy atoms, are left out; from a
   * surplus others are chosen in their place.
   */
  readonly unique?: number;
  readonly signal?: AbortSignal;
  /** Told whenever conformers are finished, those that failed too; of a surplus, its share of those asked for. */
  readonly onProgress?: (finished: number) => void;
}

/** A conformer, and what it is of. */
export interface GeneratedConformer extends MadeConformer {
  readonly kind: 'conformer';
  /** The number of the molecule among those given, from 0. */
  readonly index: number;
  /** The molecule as it was given; `molecule` is the isomer of it that was made. */
  readonly given: Molecule;
  /** The number of the conformer among those asked for, from 0. */
  readonly number: number;
  /**
   * How often the sampler ran for it: as often as it was drawn, and for its share of those that were not chosen; never
   * for molecules of one shape.
   */
  readonly sampled: number;
}

/** What is told once all conformers of a molecule are there. */
export interface MoleculeSummary {
  readonly kind: 'molecule';
  readonly index: number;
  /** As it was given. */
  readonly molecule: Molecule;
  readonly asked: number;
  /** How many were drawn to choose from; as many as were asked for where there is no surplus. */
  readonly drawn: number;
  readonly made: number;
  /** Of those made and duplicates, how many were drawn more than once, and how many had been their mirror image. */
  readonly redrawn: number;
  readonly mirrored: number;
  /** Left out for being near to another one; of a surplus, how many fewer could be chosen for that. */
  readonly duplicates: number;
  /** Those that came out wrong every time; of a surplus, as many as are missing for that. */
  readonly failed: readonly FailedConformer[];
}
