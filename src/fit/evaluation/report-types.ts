import type { FinishedRun } from '../../training/finished-run.node.js';
import type { Part } from '../data/split.js';
import type { FitRunConfig } from '../training/found.js';
import type { FitEvaluation } from './evaluate.js';
import type { ErrorAt, TargetErrors } from './target-errors.js';

/** What a report shows of a target. */
export interface ReportedTarget {
  readonly errors: TargetErrors;
  /** Numbers of the files and those predicted in their place; of many, some, evenly. */
  readonly known: Float64Array;
  readonly predicted: Float64Array;
  /** Predicted less known, of all numbers. */
  readonly deviations: Float64Array;
  /** The geometries whose numbers are farthest off in the mean. */
  readonly worst: readonly ErrorAt[];
}

/** What a report on a run that fits a user's quantities shows. */
export interface FitReportData
  extends Pick<FinishedRun<FitRunConfig>, 'folder' | 'description' | 'metrics' | 'best' | 'stoppedEarly'> {
  readonly title: string;
  /** The command that makes the report. */
  readonly command: string;
  /** The command that trains the run again. */
  readonly again?: string;
  readonly parameters: number;
  /** The part that errors are measured on; null where its geometries could not be read. */
  readonly part: Part | null;
  readonly evaluation: FitEvaluation | null;
  readonly targets: readonly ReportedTarget[];
  readonly notes: readonly string[];
}
