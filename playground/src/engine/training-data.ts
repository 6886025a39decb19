import { defineSimulation, drawInitialStates } from 'clofnet';
import {
  type PerSplit,
  PUBLISHED_SNAPSHOTS,
  predictionErrors,
  type SnapshotPairs,
  simulateInTurns,
  snapshotPairs,
  straightLine,
  timeSpan,
  type Windows,
  windowsOf,
} from 'clofnet/newton';
import type { TrainingData } from './training-types.js';

/** Trajectories beside those for training. */
export const VALIDATION = 200;
export const TEST = 50;

/** Steps between two snapshots of the published layout; the last snapshot that is needed is the target. */
const STEPS_PER_SNAPSHOT = 100;
const STEPS = (PUBLISHED_SNAPSHOTS.target + 2) * STEPS_PER_SNAPSHOT;

/** The time from the input to the target. */
export const TIME = timeSpan(PUBLISHED_SNAPSHOTS);

/** Examples with what they were made of. */
export interface TrainingExamples {
  readonly data: TrainingData;
  readonly windows: PerSplit<Windows>;
  readonly pairs: Pick<PerSplit<SnapshotPairs>, 'valid' | 'test'>;
  /** The mean squared error of the straight line on the validation set. */
  readonly straightLine: number;
}

const keys = ['kind', 'bodies', 'trajectories', 'seed'] as const;

/** Whether two choices are of the same data. */
export const isSameData = (a: TrainingData | undefined, b: TrainingData): boolean =>
  keys.every((key) => a?.[key] === b[key]);

/**
 * Simulates what a network learns on: the first trajectories of the sets that `clofnet newton simulate` makes.
 * @throws the signal's reason
 */
export async function simulateExamples(
  { kind, bodies, trajectories, seed }: TrainingData,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<TrainingExamples> {
  const simulation = defineSimulation({ kind, protocol: 'clofnet', bodies, steps: STEPS });
  const states = drawInitialStates(simulation, { train: trajectories, valid: VALIDATION, test: TEST }, seed);
  const { train, valid, test } = await simulateInTurns(simulation, states, { onProgress, signal });
  const windows = { train: windowsOf(train), valid: windowsOf(valid), test: windowsOf(test) };
  const pairs = { valid: snapshotPairs(valid), test: snapshotPairs(test) };
  const line = predictionErrors(straightLine(pairs.valid, TIME), pairs.valid.targets);
  return { data: { kind, bodies, trajectories, seed }, windows, pairs, straightLine: line.meanSquaredError };
}
