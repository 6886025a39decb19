import type { Molecule } from '../../molecules/molecule.js';
import type { FailedConformer, MadeConformer } from '../making/made-conformer.js';
import type { MakingOptions } from '../making/making-settings.js';
import type { ChunkOptions } from './generate-chunks.js';

export interface GenerateOptions extends MakingOptions, ChunkOptions {
  /**
   * Conformers this near to an earlier one of the same isomer, in ångström RMSD of heavy atoms, are omitted; with
   * oversampling, others are chosen in their place.
   */
  readonly unique?: number;
  readonly signal?: AbortSignal;
  /**
   * Called whenever conformers are finished, failed ones included; with oversampling, by their share of those
   * requested.
   */
  readonly onProgress?: (finished: number) => void;
}

/** A conformer, and what it is of. */
export interface GeneratedConformer extends MadeConformer {
  readonly kind: 'conformer';
  /** The number of the molecule among those given, from 0. */
  readonly index: number;
  /** The molecule as it was given; `molecule` is the isomer of it that was made. */
  readonly given: Molecule;
  /** The number of the conformer among those requested, from 0. */
  readonly number: number;
  /**
   * How often the sampler ran for it: once per attempt, and for its share of those that were not chosen; never for
   * molecules of one shape.
   */
  readonly samplerRuns: number;
}

/** A summary of a molecule, which comes after all its conformers. */
export interface MoleculeSummary {
  readonly kind: 'molecule';
  readonly index: number;
  /** As it was given. */
  readonly molecule: Molecule;
  readonly requested: number;
  /** How many were generated to choose from; without oversampling, as many as were requested. */
  readonly generated: number;
  readonly made: number;
  /** Of those made and duplicates, how many took more than one attempt, and how many had been their mirror image. */
  readonly resampled: number;
  readonly mirrored: number;
  /** Omitted for being near another one; with oversampling, how many fewer could be chosen for that. */
  readonly duplicates: number;
  /** Those that came out wrong every time; with oversampling, as many as are missing for that. */
  readonly failed: readonly FailedConformer[];
}
