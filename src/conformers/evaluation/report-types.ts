import type { Molecule } from '../../molecules/molecule.js';
import type { Evaluation } from './evaluation.js';
import type { InternalDistribution } from './internal-distributions.js';

/** A reference conformer and the generated one that comes nearest to it. */
export interface MatchedPair {
  /** Which reference and which generated conformer, from 0. */
  readonly numbers: readonly [reference: number, generated: number];
  readonly reference: ArrayLike<number>;
  /** Laid on the reference; [atoms · 3], Å. */
  readonly generated: ArrayLike<number>;
  /** Å. */
  readonly rmsd: number;
}

/** A molecule to look at. */
export interface MoleculeOverlay {
  /** Which molecule of the evaluation. */
  readonly number: number;
  /** Why it is shown: `worst`, `median`. */
  readonly label: string;
  readonly molecule: Molecule;
  /** The best matched references first. */
  readonly pairs: readonly MatchedPair[];
}

/** What a report on generated conformers shows; plain data. */
export interface ConformerReportData {
  readonly title: string;
  /** The command that makes this report. */
  readonly command: string;
  /** Files, or what else the sets are called. */
  readonly references: string;
  readonly generated: string;
  readonly evaluation: Evaluation;
  /** The share of conformers covered at each δ, the mean over all molecules. */
  readonly curve: readonly { readonly delta: number; readonly recall: number; readonly precision: number }[];
  readonly distributions: readonly InternalDistribution[];
  readonly overlays: readonly MoleculeOverlay[];
  /** What a reader should know. */
  readonly notes: readonly string[];
}
