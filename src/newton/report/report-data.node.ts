import { UserError } from '../../common/errors.js';
import { countParameters } from '../../nn/index.js';
import { Rng } from '../../random/generator.js';
import { openRuntime } from '../../runtime/open-runtime.node.js';
import { measureEquivariance } from '../../testing/index.js';
import { datasetHash } from '../data/dataset-hash.node.js';
import { type SnapshotPairs, snapshotPairs } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { straightLine, timeSpan } from '../evaluation/baselines.js';
import { systemsOf } from '../evaluation/evaluate.js';
import { predictionErrors } from '../evaluation/prediction-errors.js';
import { openPredictor } from '../networks/predictor.js';
import { systemSample, systemSubject } from '../networks/system-function.js';
import { fieldsOf } from '../training/experiment-data.js';
import { type FinishedNewtonRun, runNames } from '../training/finished-run.node.js';
import { chooseSystems } from './report-systems.js';
import type { ErrorSummary, NewtonReportData, ReportRun } from './report-types.js';

/** The test trajectories that runs are judged by. */
export interface TestData {
  readonly directory: string;
  readonly name: string;
  readonly set: TrajectorySet;
}

/** What a report on training runs shows. */
export interface ReportOptions {
  readonly title?: string;
  /** The command that makes the report. */
  readonly command: string;
  /** The command that trains a run again, with its configuration as config.json; left out where there is none. */
  readonly again?: (run: FinishedNewtonRun) => string;
  /** How many test systems to show; default 6. */
  readonly systems?: number;
  /** Seed of the motions that equivariance is measured by; default 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** Equivariance is measured on so many test systems. */
const MOVED_SYSTEMS = 20;

/**
 * Predicts the test trajectories by every run's best weights and collects what a report shows.
 * @throws UserError for runs that do not predict the same snapshots, and snapshots that the data do not have
 */
export async function buildNewtonReport(
  runs: readonly FinishedNewtonRun[],
  test: TestData,
  options: ReportOptions,
): Promise<NewtonReportData> {
  const { input, target } = commonSnapshots(runs);
  const pairs = testPairs(runs, test, { input, target });
  const names = runNames(runs);
  const guess = straightLine(pairs, timeSpan({ input, target }));
  const judged: JudgedRun[] = [];
  for (const [k, run] of runs.entries()) {
    options.signal?.throwIfAborted();
    const { predicted, run: reported } = await judge(run, names[k], pairs, options.seed ?? 1);
    judged.push({ name: names[k], predicted, run: { ...reported, again: options.again?.(run) } });
  }
  const predictions = [...judged, { name: STRAIGHT_LINE, predicted: guess }];
  const testHash = datasetHash(test.set);
  return {
    title: options.title ?? `${names.join(' and ')} on ${test.name}`,
    command: options.command,
    dataset: {
      directory: test.directory,
      name: test.name,
      testHash,
      trajectories: pairs.count,
      bodies: pairs.bodies,
      input,
      target,
      time: timeSpan({ input, target }),
    },
    runs: judged.map(({ run }) => run),
    straightLine: summarize(STRAIGHT_LINE, guess, pairs),
    systems: chooseSystems(test.set, pairs, { input, target }, predictions, options.systems ?? 6),
    notes: runs.flatMap((run, k) => foreignData(run, names[k], testHash)),
  };
}

/**
 * The snapshots of the test trajectories. Where they lack one, being of another set than the runs' is what is wrong.
 */
function testPairs(
  runs: readonly FinishedNewtonRun[],
  { directory, set }: TestData,
  choice: { readonly input: number; readonly target: number },
): SnapshotPairs {
  try {
    return snapshotPairs(set, choice);
  } catch (error) {
    const testHash = datasetHash(set);
    const stranger = runs.find(({ description }) => !isTrainedBeside(description.dataHash, testHash));
    if (!(error instanceof UserError) || !stranger) throw error;
    throw new UserError(
      `the trajectories in ${directory} are of another set than those of the run in ${stranger.folder}: ${error.message}`,
      { code: 'mismatch', file: directory, cause: error },
    );
  }
}

const STRAIGHT_LINE = 'Straight line';

/** The snapshots that all runs predict. */
function commonSnapshots(runs: readonly FinishedNewtonRun[]): { input: number; target: number } {
  const [first, ...others] = runs;
  if (!first) throw new UserError('there is no run to report on');
  const { input, target } = first.description.config.data;
  for (const { folder, description } of others) {
    const { data } = description.config;
    if (data.input !== input || data.target !== target) {
      throw new UserError(
        `${first.folder} predicts snapshot ${target} from ${input}, ${folder} snapshot ${data.target} from ${data.input}; ` +
          'they need reports of their own',
      );
    }
  }
  return { input, target };
}

interface JudgedRun {
  readonly name: string;
  readonly run: ReportRun;
  /** [trajectory, body, 3] */
  readonly predicted: Float32Array;
}

async function judge(run: FinishedNewtonRun, name: string, pairs: SnapshotPairs, seed: number): Promise<JudgedRun> {
  const { folder, description, metrics, best, stoppedEarly, model, weights } = run;
  const predictor = await openPredictor(await openRuntime(), model, weights);
  try {
    const fields = fieldsOf(description.config);
    const predicted = await predictor.predict(systemsOf(pairs, fields));
    const few = systemsOf(pairs, fields, Math.min(MOVED_SYSTEMS, pairs.count));
    const equivariance = await measureEquivariance(systemSubject(predictor.predict), systemSample(few), {
      rng: Rng.fromSeed(seed).fork('motions'),
    });
    const parameters = countParameters(model.parameters);
    const errors = summarize(name, predicted, pairs);
    const reported = { name, folder, description, metrics, best, stoppedEarly, parameters, equivariance, errors };
    return { name, predicted, run: reported };
  } finally {
    await predictor.close();
  }
}

/** @throws UserError if a prediction is not finite */
function summarize(name: string, predicted: Float32Array, { targets }: SnapshotPairs): ErrorSummary {
  const { meanSquaredError: meanSquared } = predictionErrors(predicted, targets);
  if (!Number.isFinite(meanSquared)) {
    throw new UserError(`${name} predicts positions that are not finite; its weights are unusable`, {
      code: 'diverged',
    });
  }
  return { name, meanSquared, distances: bodyDistances(predicted, targets) };
}

/** How far each body is from where it should be, [trajectory, body]. */
function bodyDistances(predicted: Float32Array, targets: Float32Array): Float32Array {
  const differences = predicted.map((value, k) => value - targets[k]);
  return Float32Array.from({ length: targets.length / 3 }, (_, body) =>
    Math.hypot(...differences.subarray(3 * body, 3 * body + 3)),
  );
}

/** A remark where the run was trained with other test data. */
function foreignData({ description, folder }: FinishedNewtonRun, name: string, testHash: string): string[] {
  if (isTrainedBeside(description.dataHash, testHash)) return [];
  return [`${name} (${folder}) was trained on another data set than the one that it is tested on here.`];
}

/** Whether a run's data hash, train-valid-test, is of a set with these test trajectories. */
export const isTrainedBeside = (dataHash: string, testHash: string): boolean =>
  testHash.startsWith(dataHash.split('-')[2] ?? dataHash);
