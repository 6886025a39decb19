import { UserError } from '../../common/errors.js';
import type { Rng } from '../../random/generator.js';
import { measureEquivariance } from '../../testing/equivariance.js';
import type { SnapshotPairs } from '../data/snapshots.js';
import type { SystemsWithTargets } from '../data/windows.js';
import type { Predictor } from '../networks/predictor.js';
import { firstSystems, type SystemBatch, splitBatch } from '../networks/system-batch.js';
import { systemSample, systemSubject } from '../networks/system-function.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';
import { straightLine } from './baselines.js';
import { type PredictionErrors, predictionErrors, type WorstShare, worstShare } from './prediction-errors.js';

/** What a network is worth on a data set. */
export interface Evaluation {
  readonly systems: number;
  /** Of the largest. */
  readonly bodies: number;
  readonly network: PredictionErrors;
  /** How much of the network's mean squared error the worst hundredth of the systems makes. */
  readonly worst: WorstShare;
  /** The guess x + v·t. */
  readonly straightLine: PredictionErrors;
  /** The guess that every body stays where it is. */
  readonly standingStill: PredictionErrors;
  /** Largest equivariance error, relative to the output's scale, on some of the systems. */
  readonly equivariance: number;
  /** Seconds for the predictions, after a first run. */
  readonly seconds: number;
  readonly systemsPerSecond: number;
}

/** How {@link evaluate} measures. */
export interface EvaluationOptions {
  /** The vectors of the fields that the network takes. */
  readonly fields?: Fields;
  /** The time from input to target. */
  readonly time: number;
  /** Draws the motions. */
  readonly rng: Rng;
  readonly signal?: AbortSignal;
}

/** Edges between two looks at the signal. */
const STRETCH = 50_000;
/** So many systems are moved about to measure the equivariance error. */
const MOVED = 50;

/**
 * Runs a network on pairs of snapshots and compares it with guesses that need no network.
 * @throws UserError where a prediction is not finite
 */
export function evaluate(predictor: Predictor, pairs: SnapshotPairs, options: EvaluationOptions): Promise<Evaluation> {
  return evaluateSystems(predictor, { systems: systemsOf(pairs), targets: pairs.targets }, options);
}

/**
 * The same on systems of any sizes.
 * @throws UserError as {@link evaluate}
 */
export async function evaluateSystems(
  predictor: Predictor,
  { systems: given, targets }: SystemsWithTargets,
  { fields = {}, time, rng, signal }: EvaluationOptions,
): Promise<Evaluation> {
  const systems = { ...given, fields: fieldArrays(fields, given.sizes.length) };
  const few = firstSystems(systems, MOVED);
  const subject = systemSubject(positionsBy(predictor), 'position', predictor.columns);
  const moved = await measureEquivariance(subject, systemSample(few), { rng });
  const start = performance.now();
  const predicted = await predictAll(predictor, systems, signal);
  const seconds = (performance.now() - start) / 1000;
  requireFinitePositions(predicted, systems.sizes);
  const count = systems.sizes.length;
  return {
    systems: count,
    bodies: Math.max(...systems.sizes),
    network: predictionErrors(predicted, targets),
    worst: worstShare(predicted, targets, systems.sizes),
    straightLine: predictionErrors(straightLine(systems, time), targets),
    standingStill: predictionErrors(systems.positions, targets),
    equivariance: Math.max(...Object.values(moved)),
    seconds,
    systemsPerSecond: count / seconds,
  };
}

/** What a predictor says of positions. */
export const positionsBy =
  ({ predict }: Pick<Predictor, 'predict'>) =>
  async (systems: SystemBatch): Promise<Float32Array> =>
    (await predict(systems)).positions;

/** The first so many systems as a network takes them. */
export function systemsOf(pairs: SnapshotPairs, fields: Fields = {}, count = pairs.count): SystemBatch {
  const bodies = count * pairs.bodies;
  return {
    sizes: new Array<number>(count).fill(pairs.bodies),
    positions: pairs.positions.subarray(0, 3 * bodies),
    velocities: pairs.velocities.subarray(0, 3 * bodies),
    charges: pairs.charges.subarray(0, bodies),
    ...(pairs.edges && { edges: pairs.edges.subarray(0, bodies * (pairs.bodies - 1)) }),
    fields: fieldArrays(fields, count),
  };
}

async function predictAll(predictor: Predictor, batch: SystemBatch, signal?: AbortSignal): Promise<Float32Array> {
  const result = new Float32Array(batch.positions.length);
  for (const part of splitBatch(batch, STRETCH)) {
    signal?.throwIfAborted();
    result.set((await predictor.predict(part)).positions, 3 * part.firstBody);
  }
  return result;
}

function requireFinitePositions(predicted: Float32Array, sizes: readonly number[]): void {
  const at = predicted.findIndex((x) => !Number.isFinite(x));
  if (at < 0) return;
  let [trajectory, end] = [0, 3 * sizes[0]];
  while (at >= end) end += 3 * sizes[++trajectory];
  throw new UserError(
    `the network predicts ${predicted[at]} in trajectory ${trajectory} (counted from 0); its weights are unusable`,
    { code: 'diverged' },
  );
}
