import type { Ensemble } from '../dataset/ensemble.js';
import type { Average, CoverageScores, CoverageSummary, NearestConformers } from './coverage.js';
import type { DistanceMmd } from './distance-mmd.js';

/** What a conformer took to make, where its file says so. */
export interface ConformerCost {
  readonly seconds?: number;
  readonly networkCalls?: number;
}

/** The properties of an SDF record that tell the cost of its conformer. */
export const costProperties = { seconds: 'seconds', networkCalls: 'network_calls' } as const;

/** What was generated for a reference molecule, its atoms in the order of the reference. */
export interface GeneratedConformers {
  /** [atoms · 3], Å, one per conformer. */
  readonly positions: readonly Float32Array[];
  /** 1 for each conformer whose stereo is not that of the reference. */
  readonly wrong: Uint8Array;
  readonly costs: readonly ConformerCost[];
}

/** A reference and what was generated for it. */
export interface EvaluationPair {
  readonly reference: Ensemble;
  readonly generated: GeneratedConformers;
}

/** What an evaluation measures. */
export interface EvaluationOptions {
  /** δ in Å. */
  readonly thresholds: readonly number[];
  /** Takes conjugated terminal groups (carboxylates, nitro groups) as symmetric; the published protocols do not. */
  readonly symmetrize?: boolean;
}

/** The figures of one molecule. */
export interface MoleculeEvaluation {
  readonly name: string;
  readonly smiles: string;
  readonly references: number;
  /** Generated conformers, wrong ones too. */
  readonly generated: number;
  /** Of those, how many are of the right isomer. */
  readonly rightIsomers: number;
  /** How many have plausible bonds and no clashes. */
  readonly valid: number;
  /** Whether there is at least one conformer of the right isomer. */
  readonly answered: boolean;
  /** See `unansweredScores` for molecules without an answer. */
  readonly scores: CoverageScores;
  /** Which conformers match; null without an answer. */
  readonly nearest: NearestConformers | null;
  /** Of the lengths of bonds between heavy atoms; null without an answer, or without such bonds. */
  readonly mmd: DistanceMmd | null;
  /** Means over conformers; null if the file does not say. */
  readonly seconds: number | null;
  readonly networkCalls: number | null;
}

/** The figures of all molecules. */
export interface Evaluation {
  readonly thresholds: readonly number[];
  readonly symmetrize: boolean;
  readonly molecules: readonly MoleculeEvaluation[];
  /** Of the molecules with an answer. */
  readonly answered: CoverageSummary;
  /** Of all molecules, those without an answer scored by `unansweredScores`. */
  readonly all: CoverageSummary;
  /** Discrepancies of bond lengths over molecules; those of single bonds averaged in each molecule first. */
  readonly mmd: { readonly single: Average; readonly pair: Average; readonly all: Average };
  readonly counts: EvaluationCounts;
  /** Shares of all generated conformers, from 0 to 1; NaN of none. */
  readonly stereoRate: number;
  readonly validityRate: number;
  /** Means over all generated conformers; null if the file does not say. */
  readonly seconds: number | null;
  readonly networkCalls: number | null;
}

/** How many of each there were. */
export interface EvaluationCounts {
  readonly molecules: number;
  readonly answered: number;
  readonly references: number;
  readonly generated: number;
}
