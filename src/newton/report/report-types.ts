import type { FinishedRun } from '../../training/finished-run.node.js';
import type { PredictionErrors } from '../evaluation/prediction-errors.js';
import type { StepErrors } from '../evaluation/roll-out-errors.js';
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
  /** Distance between each body and its predicted place, [bodies], system after system. */
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

/** A run's network, applied again and again. */
export interface RolledRun {
  readonly name: string;
  /** None where it cannot be rolled out. */
  readonly steps: readonly StepErrors[];
  /** Why it cannot. */
  readonly remark?: string;
}

/** How far test trajectories are fixed by their start in float32. */
export interface Limit {
  /** Number of trajectories that were looked at. */
  readonly systems: number;
  /** Times since the start. */
  readonly times: readonly number[];
  /** Mean squared error of the simulator, started in float32, at each of these. */
  readonly meanSquaredError: readonly number[];
  /** The share of systems that are fixed to within a tolerance, at each of these. */
  readonly predictable: readonly { readonly tolerance: number; readonly shares: readonly number[] }[];
}

/** Predictions of many steps. */
export interface LongPredictions {
  /** The snapshot that they start from. */
  readonly start: number;
  /** Snapshots of a step. */
  readonly gap: number;
  /** Those of the report, in its order. */
  readonly runs: readonly RolledRun[];
  /** The guess that no force acts, after each step. */
  readonly straightLine: readonly (PredictionErrors & { readonly time: number })[];
  /** Where the law of motion is known. */
  readonly limit?: Limit;
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
    /** The least and the most of a system. */
    readonly bodies: readonly [least: number, most: number];
    readonly input: number;
    readonly target: number;
    /** Time from input to target. */
    readonly time: number;
  };
  readonly runs: readonly ReportRun[];
  /** The guess that no force acts. */
  readonly straightLine: ErrorSummary;
  readonly systems: readonly ReportSystem[];
  /** Left out where no network can be rolled out and no law is known. */
  readonly long?: LongPredictions;
  /** What a reader should know, such as that runs were trained on other data. */
  readonly notes: readonly string[];
}
