import { UserError } from '../../common/errors.js';
import type { Rng } from '../../random/generator.js';
import { measureEquivariance } from '../../testing/equivariance.js';
import type { SnapshotPairs } from '../data/snapshots.js';
import type { Predictor } from '../networks/predictor.js';
import { type SystemBatch, splitBatch } from '../networks/system-batch.js';
import { systemSample, systemSubject } from '../networks/system-function.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';
import { straightLine } from './baselines.js';
import { type PredictionErrors, predictionErrors } from './prediction-errors.js';

/** What a network is worth on a data set. */
export interface Evaluation {
  readonly systems: number;
  readonly bodies: number;
  readonly network: PredictionErrors;
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
export async function evaluate(
  predictor: Predictor,
  pairs: SnapshotPairs,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const { fields = {}, time, rng, signal } = options;
  const few = systemsOf(pairs, fields, Math.min(MOVED, pairs.count));
  const moved = await measureEquivariance(systemSubject(predictor.predict), systemSample(few), { rng });
  const start = performance.now();
  const predicted = await predictAll(predictor, systemsOf(pairs, fields), signal);
  const seconds = (performance.now() - start) / 1000;
  requireFinitePositions(predicted, pairs.bodies);
  return {
    systems: pairs.count,
    bodies: pairs.bodies,
    network: predictionErrors(predicted, pairs.targets),
    straightLine: predictionErrors(straightLine(pairs, time), pairs.targets),
    standingStill: predictionErrors(pairs.positions, pairs.targets),
    equivariance: Math.max(...Object.values(moved)),
    seconds,
    systemsPerSecond: pairs.count / seconds,
  };
}

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
    result.set(await predictor.predict(part), 3 * part.firstBody);
  }
  return result;
}

function requireFinitePositions(predicted: Float32Array, bodies: number): void {
  const at = predicted.findIndex((x) => !Number.isFinite(x));
  if (at < 0) return;
  const trajectory = Math.floor(at / (3 * bodies));
  throw new UserError(
    `the network predicts ${predicted[at]} in trajectory ${trajectory} (counted from 0); its weights are unusable`,
    { code: 'diverged' },
  );
}
