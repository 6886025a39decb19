import type { SplitName } from '../dataset/dataset.js';
import type { TheoryLevel } from '../dataset/ensemble.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { MoleculeOverlay } from '../evaluation/report-types.js';
import type { FinishedConformerRun } from './finished-run.node.js';
import type { NoiseError } from './noise-errors.js';

/** What a report is to show, and how it is made. */
export interface ConformerTrainingReportOptions {
  readonly title?: string;
  /** The command that makes the report. */
  readonly command: string;
  /** The command that trains a run again, with its configuration as config.json; left out where there is none. */
  readonly again?: (run: FinishedConformerRun) => string;
  /** Where the data set is now; default where it was. */
  readonly data?: string;
  /** Validation molecules to make conformers of; default 6. */
  readonly molecules?: number;
  /** Of the noise, and of the conformers; default 1. */
  readonly seed?: number;
  /** Threads; default one per core. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
}

/** What a data set holds. */
export interface ReportedDataset {
  readonly file: string;
  /** Isomers and conformers of each split; of a molecule no more conformers than the run uses. */
  readonly splits: readonly { readonly name: SplitName; readonly isomers: number; readonly conformers: number }[];
}

/** Conformers that the trained network makes of molecules that it has not learned from. */
export interface ReportedShapes {
  /** Requested conformers, and those that passed the checks. */
  readonly requested: number;
  readonly made: number;
  readonly level: TheoryLevel;
  readonly evaluation: Evaluation;
  readonly overlays: readonly MoleculeOverlay[];
}

/** What a report on the training of a network shows; plain data. */
export interface ConformerTrainingReportData
  extends Pick<FinishedConformerRun, 'folder' | 'description' | 'metrics' | 'best' | 'stoppedEarly'> {
  readonly title: string;
  /** The command that makes this report. */
  readonly command: string;
  /** The command that trains the run again, with its configuration as config.json. */
  readonly again?: string;
  /** Number of trained values. */
  readonly parameters: number;
  /** SHA-256 of the weights. */
  readonly weightsHash: string;
  /** Null where the data are not there any more. */
  readonly dataset: ReportedDataset | null;
  /** Errors by noise level on validation conformers; empty without data. */
  readonly noise: { readonly conformers: number; readonly errors: readonly NoiseError[] };
  /** Null without data, or where nothing passed the checks. */
  readonly shapes: ReportedShapes | null;
  /** What a reader should know. */
  readonly notes: readonly string[];
}
