import type { Finding } from '../../molecules/checks/finding.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { PathPoint } from '../sampling/sampling-path.js';

/** One conformer that passed all checks. */
export interface MadeConformer {
  /** The isomer that it is: nothing is open. */
  readonly molecule: Molecule;
  /** Positions in ångström, [atoms · 3]. */
  readonly coordinates: Float32Array;
  /** How many attempts it took. */
  readonly attempts: number;
  /** Whether it had come out as its own mirror image, and was mirrored. */
  readonly mirrored: boolean;
  /** What relaxation has done, in kcal/mol, or why there was none; absent where none was requested. */
  readonly relaxed?: { readonly energy: number } | { readonly unsupported: string };
  /** The trajectory from the start of sampling, where it was requested; relaxation is not part of it. */
  readonly path?: readonly PathPoint[];
}

/** A conformer that came out wrong in every attempt. */
export interface FailedConformer {
  /** What was wrong the last time. */
  readonly reason: string;
  /** The same in detail; empty where there was no shape to start from. */
  readonly findings: readonly Finding[];
  readonly attempts: number;
}

/** What became of a requested conformer. */
export type MakingResult = MadeConformer | FailedConformer;

export const isMade = (result: MakingResult | undefined): result is MadeConformer =>
  result !== undefined && 'coordinates' in result;
