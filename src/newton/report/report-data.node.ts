import { UserError } from '../../common/errors.js';
import { countParameters } from '../../nn/index.js';
import { Rng } from '../../random/generator.js';
import { openRuntime } from '../../runtime/open-runtime.node.js';
import { measureEquivariance } from '../../testing/index.js';
import type { BodyTrajectory } from '../data/body-trajectory.js';
import { datasetHash } from '../data/dataset-hash.node.js';
import type { SetDescription } from '../data/set-description.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { straightLine, timeSpan } from '../evaluation/baselines.js';
import { positionsBy } from '../evaluation/evaluate.js';
import { predictionErrors } from '../evaluation/prediction-errors.js';
import type { RollOutErrorsOptions } from '../evaluation/roll-out-errors.js';
import { openPredictor } from '../networks/predictor.js';
import { firstSystems, type SystemBatch } from '../networks/system-batch.js';
import { systemSample, systemSubject } from '../networks/system-function.js';
import { lawOfSet } from '../simulation/law-of-set.js';
import { fieldArrays } from '../system/field-vectors.js';
import { fieldsOf } from '../training/experiment-data.js';
import { type FinishedNewtonRun, runNames } from '../training/finished-run.node.js';
import { longestStretch, longPredictions, rollRunOut } from './report-steps.js';
import { chooseSystems } from './report-systems.js';
import type { ErrorSummary, NewtonReportData, ReportRun, RolledRun } from './report-types.js';
import { type TestSystems, testSystemsOfSet, testSystemsOfTrajectories } from './test-systems.node.js';

/** The test trajectories that runs are judged by. */
export interface TestData {
  readonly directory: string;
  readonly name: string;
  /** A set of `.npy` files. */
  readonly set?: TrajectorySet;
  /** Or trajectories in another format: for each run, in their order, as its network takes them. */
  readonly trajectories?: readonly (readonly BodyTrajectory[])[];
  /** The time from one snapshot to the next, where it is not the published one. */
  readonly spacing?: number;
  /** What the set says of itself, where it does. */
  readonly description?: SetDescription;
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
  const systems = testSystems(runs, test, { input, target });
  const names = runNames(runs);
  const time = timeSpan({ input, target, spacing: test.spacing });
  const [{ sizes, ...first }] = systems.seen;
  const guess = straightLine(first, time);
  const { set } = test;
  const ahead = set && {
    set,
    stretch: longestStretch(set, { input, target }),
    time,
    law: lawOfSet(set, test),
    signal: options.signal,
  };
  const judged: JudgedRun[] = [];
  for (const [k, run] of runs.entries()) {
    options.signal?.throwIfAborted();
    const bench = { seen: systems.seen[k], targets: systems.targets, ahead, seed: options.seed ?? 1 };
    const found = await judge(run, names[k], bench);
    judged.push({ ...found, run: { ...found.run, again: options.again?.(run) } });
  }
  const predictions = [...judged, { name: STRAIGHT_LINE, predicted: guess }];
  const rolled = judged.flatMap((one) => one.rolled ?? []);
  const isLong = ahead?.law !== undefined || rolled.some(({ steps }) => steps.length > 0);
  return {
    title: options.title ?? `${names.join(' and ')} on ${test.name}`,
    command: options.command,
    dataset: {
      directory: test.directory,
      name: test.name,
      testHash: systems.hashes[0],
      trajectories: sizes.length,
      bodies: [Math.min(...sizes), Math.max(...sizes)],
      input,
      target,
      time,
    },
    runs: judged.map(({ run }) => run),
    straightLine: summarize(STRAIGHT_LINE, guess, systems.targets),
    systems: chooseSystems(systems, predictions, options.systems ?? 6),
    ...(ahead && isLong && { long: await longPredictions(rolled, ahead.set, ahead) }),
    notes: runs.flatMap((run, k) => foreignData(run, names[k], systems.hashes[k])),
  };
}

/** Whether each run was trained beside these test trajectories; in the order of the runs. */
export function trainedBeside(runs: readonly FinishedNewtonRun[], test: TestData): boolean[] {
  const { hashes } = testSystems(runs, test, commonSnapshots(runs));
  return runs.map(({ description }, k) => isTrainedBeside(description.dataHash, hashes[k]));
}

/**
 * The systems that runs are tested on. Where the trajectories lack a snapshot, being of another set than the runs' is what
 * is wrong.
 */
function testSystems(
  runs: readonly FinishedNewtonRun[],
  { directory, set, trajectories = [] }: TestData,
  choice: { readonly input: number; readonly target: number },
): TestSystems {
  if (!set) return testSystemsOfTrajectories(trajectories, choice);
  try {
    return testSystemsOfSet(set, runs.length, choice);
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
  readonly rolled?: RolledRun;
}

/** What a run is judged by. */
interface Bench extends Pick<TestSystems, 'targets'> {
  readonly seen: SystemBatch;
  /** How networks are rolled out, over trajectories of one length. */
  readonly ahead?: RollOutErrorsOptions & { readonly set: TrajectorySet };
  readonly seed: number;
}

async function judge(run: FinishedNewtonRun, name: string, { seen, targets, ahead, seed }: Bench): Promise<JudgedRun> {
  const { folder, description, metrics, best, stoppedEarly, model, weights } = run;
  const predictor = await openPredictor(await openRuntime(), model, weights);
  try {
    const fields = fieldsOf(description.config);
    const systems = { ...seen, fields: fieldArrays(fields, seen.sizes.length) };
    const { positions: predicted } = await predictor.predict(systems);
    const few = systemSample(firstSystems(systems, MOVED_SYSTEMS));
    const subject = systemSubject(positionsBy(predictor), 'position', predictor.columns);
    const rng = Rng.fromSeed(seed).fork('motions');
    const equivariance = await measureEquivariance(subject, few, { rng });
    const parameters = countParameters(model.parameters);
    const errors = summarize(name, predicted, targets);
    const rolled = ahead && (await rollRunOut(name, predictor, ahead.set, { ...ahead, fields }));
    const shown = { name, folder, description, metrics, best, stoppedEarly, parameters, equivariance, errors };
    return { name, predicted, rolled, run: shown };
  } finally {
    await predictor.close();
  }
}

/** @throws UserError if a prediction is not finite */
function summarize(name: string, predicted: Float32Array, targets: Float32Array): ErrorSummary {
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
