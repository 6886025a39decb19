import type { FinishedRun } from '../../training/finished-run.node.js';
import type { NewtonConfig } from '../training/config.js';

/** A run in a report. */
export interface ReportRun
  extends Pick<FinishedRun<NewtonConfig>, 'folder' | 'description' | 'metrics' | 'best' | 'stoppedEarly'> {
  /** The command that trains it again, with its configuration as config.json. */
  readonly again?: string;
  readonly name: string;
  /** Number of trained values. */
  readonly parameters: number;
  /** Largest error for random motions of the input, relative to the output's scale, by motion. */
  readonly equivariance: Readonly<Record<string, number>>;
  readonly errors: ErrorSummary;
}

/** How wrong predictions are on the test set. */
export interface ErrorSummary {
  readonly name: string;
  /** Mean squared error of coordinates, the published measure. */
  readonly meanSquared: number;
  /** Distance between each body and its predicted place, [trajectory, body]. */
  readonly distances: Float32Array;
}

/** A test system to look at; positions are [bodies, 3]. */
export interface ReportSystem {
  readonly label: string;
  readonly charges: ArrayLike<number>;
  readonly start: ArrayLike<number>;
  readonly truth: ArrayLike<number>;
  /** The true positions in each stored snapshot from the start to the truth, both included. */
  readonly path: readonly ArrayLike<number>[];
  /** Those of the runs, in their order, then the straight line's. */
  readonly predictions: readonly SystemPrediction[];
}

/** What a network predicts for a system in a report. */
export interface SystemPrediction {
  readonly name: string;
  readonly positions: ArrayLike<number>;
  /** Mean squared error of this system. */
  readonly error: number;
}

/** What a report on many-body networks shows; plain data. */
export interface NewtonReportData {
  readonly title: string;
  /** The command that makes this report. */
  readonly command: string;
  readonly dataset: {
    readonly directory: string;
    readonly name: string;
    /** SHA-256 of the test trajectories. */
    readonly testHash: string;
    readonly trajectories: number;
    readonly bodies: number;
    readonly input: number;
    readonly target: number;
    /** Time from input to target. */
    readonly time: number;
  };
  readonly runs: readonly ReportRun[];
  /** The guess that no force acts. */
  readonly straightLine: ErrorSummary;
  readonly systems: readonly ReportSystem[];
  /** What a reader should know, such as that runs were trained on other data. */
  readonly notes: readonly string[];
}
