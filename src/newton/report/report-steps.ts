import { UserError } from '../../common/errors.js';
import { snapshotPairs } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { straightLine } from '../evaluation/baselines.js';
import { predictionErrors } from '../evaluation/prediction-errors.js';
import { type RollOutErrorsOptions, rollOutErrors, type Stretch, stretchFor } from '../evaluation/roll-out-errors.js';
import type { Predictor } from '../networks/predictor.js';
import { predictableShare, reachOfFloat32 } from '../simulation/reach.js';
import type { Simulation } from '../system/system.js';
import type { Limit, LongPredictions, RolledRun } from './report-types.js';

/** More steps than these tell nothing new. */
const MOST_STEPS = 20;

/** As many steps as the trajectories are long. */
export function longestStretch(
  set: TrajectorySet,
  choice: { readonly input: number; readonly target: number },
): Stretch {
  const steps = Math.floor((set.snapshots - 1) / (choice.target - choice.input));
  return stretchFor(choice, Math.min(MOST_STEPS, steps), set);
}

/** Rolls a run's network out; no steps, but a remark, where it predicts no velocities, or ends in no numbers. */
export async function rollRunOut(
  name: string,
  predictor: Predictor,
  set: TrajectorySet,
  options: RollOutErrorsOptions,
): Promise<RolledRun> {
  if (!predictor.predictsVelocities)
    return { name, steps: [], remark: `${name} predicts no velocities: it cannot go on from what it has predicted.` };
  try {
    return { name, steps: await rollOutErrors(predictor, set, options) };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'diverged') throw error;
    return { name, steps: [], remark: `${name} cannot be rolled out: ${error.problem}.` };
  }
}

/** What the section on long predictions shows. */
export async function longPredictions(
  runs: readonly RolledRun[],
  set: TrajectorySet,
  { stretch, time, law, signal }: Pick<RollOutErrorsOptions, 'stretch' | 'time' | 'law' | 'signal'>,
): Promise<LongPredictions> {
  const { start, gap, steps } = stretch;
  const pairs = snapshotPairs(set, { input: start, target: start + gap });
  const guesses = Array.from({ length: steps }, (_, k) => {
    const { targets } = snapshotPairs(set, { input: start, target: start + (k + 1) * gap });
    const ahead = Number(((k + 1) * time).toPrecision(12));
    return { time: ahead, ...predictionErrors(straightLine(pairs, ahead), targets) };
  });
  const limit = law && (await limitOf(law, set, stretch, signal));
  return { start, gap, runs, straightLine: guesses, ...(limit && { limit }) };
}

/** So many forces between pairs are worked out to find the limit: some seconds. */
const MOST_FORCES = 4e8;
/** How near is near enough, in units of length. */
const TOLERANCES = [0.01, 0.1];

async function limitOf(
  law: Simulation,
  set: TrajectorySet,
  { start, gap, steps }: Stretch,
  signal?: AbortSignal,
): Promise<Limit> {
  const end = start + steps * gap;
  const forces = set.bodies ** 2 * (end - start) * law.sampleEvery;
  const count = Math.min(set.trajectories, Math.max(20, Math.floor(MOST_FORCES / forces)));
  const reach = await reachOfFloat32(law, set, { start, end, count, signal });
  const { systems, times, meanSquaredError } = reach;
  const predictable = TOLERANCES.map((tolerance) => ({ tolerance, shares: predictableShare(reach, tolerance) }));
  return { systems, times, meanSquaredError, predictable };
}
