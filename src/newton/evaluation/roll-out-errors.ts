import { UserError } from '../../common/errors.js';
import { median } from '../../common/statistics.js';
import { snapshotPairs } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import type { Predictor } from '../networks/predictor.js';
import { type RolledOut, rollOut } from '../networks/roll-out.js';
import type { Fields } from '../system/field-vectors.js';
import type { Simulation } from '../system/system.js';
import { straightLine } from './baselines.js';
import { conservedOf, distanceBetween } from './conserved.js';
import { systemsOf } from './evaluate.js';
import { type PredictionErrors, predictionErrors } from './prediction-errors.js';

/** The snapshots of a roll-out: from `start` on, every `gap`-th, so many. */
export interface Stretch {
  readonly start: number;
  readonly gap: number;
  readonly steps: number;
}

/**
 * Where to start for so many steps: at the input snapshot, or as little before it as leaves room for all of them.
 * @throws UserError where trajectories are too short
 */
export function stretchFor(
  { input, target }: { readonly input: number; readonly target: number },
  steps: number,
  { snapshots }: Pick<TrajectorySet, 'snapshots'>,
): Stretch {
  const gap = target - input;
  const most = Math.floor((snapshots - 1) / gap);
  if (steps > most) {
    throw new UserError(`trajectories of ${snapshots} snapshots are too short for ${steps} steps of ${gap} snapshots`, {
      remedy: { setting: 'steps', action: most < 1 ? 'omit' : 'use', value: most },
    });
  }
  return { start: Math.min(input, snapshots - 1 - steps * gap), gap, steps };
}

/** How far something is from where it was at the start: of a network's states, and of the stored trajectories. */
export interface Drift {
  readonly network: number;
  readonly truth: number;
}

/** What a step of a roll-out is worth. */
export interface StepErrors {
  readonly step: number;
  /** Since the start. */
  readonly time: number;
  readonly network: PredictionErrors;
  /** The guess x + v·t. */
  readonly straightLine: PredictionErrors;
  /** How far the energy has moved since the start, the median over systems; where their law is known. */
  readonly energy?: Drift;
  /** The same of the total momentum. */
  readonly momentum?: Drift;
}

/** How {@link rollOutErrors} measures. */
export interface RollOutErrorsOptions {
  readonly stretch: Stretch;
  /** The time of one step. */
  readonly time: number;
  /** Only the first so many trajectories; default all. */
  readonly count?: number;
  /** The vectors of the fields that the network takes. */
  readonly fields?: Fields;
  /** The law of the set, see `lawOfSet`: energies follow from it. */
  readonly law?: Simulation;
  readonly signal?: AbortSignal;
  /** Called after every step. */
  readonly onStep?: (step: number) => void;
}

/**
 * Rolls a network out over the trajectories of a set and compares it with what happened, step by step.
 * @throws UserError for a network that predicts no velocities, and at the step where numbers are no longer finite
 */
export async function rollOutErrors(
  predictor: Pick<Predictor, 'predict'>,
  set: TrajectorySet,
  options: RollOutErrorsOptions,
): Promise<StepErrors[]> {
  const { stretch, time, count, fields, law, signal, onStep } = options;
  const { start, gap, steps } = stretch;
  const at = (step: number) => snapshotPairs(set, { input: start, target: start + step * gap, count });
  const pairs = at(1);
  const states = await rollOut(predictor, systemsOf(pairs, fields), { steps, signal, onStep });
  return states.map((state) => {
    const { step, positions } = state;
    const { targets } = at(step);
    return {
      step,
      time: Number((step * time).toPrecision(12)),
      network: predictionErrors(positions, targets),
      straightLine: predictionErrors(straightLine(pairs, step * time), targets),
      ...(law && drifts(law, set, stretch, state)),
    };
  });
}

/** How far energy and momentum have moved since the start. */
function drifts(
  law: Simulation,
  set: TrajectorySet,
  { start, gap }: Stretch,
  { step, positions, velocities }: RolledOut,
): Pick<StepErrors, 'energy' | 'momentum'> {
  const size = 3 * set.bodies;
  const moved = Array.from({ length: positions.length / size }, (_, trajectory) => {
    const conserved = conservedOf(law, set, trajectory);
    const before = conserved.stored(start);
    const [from, to] = [trajectory * size, (trajectory + 1) * size];
    return {
      network: distanceBetween(
        before,
        conserved.predicted(positions.subarray(from, to), velocities.subarray(from, to)),
      ),
      truth: distanceBetween(before, conserved.stored(start + step * gap)),
    };
  });
  const middle = (what: 'energy' | 'momentum'): Drift => ({
    network: median(moved.map(({ network }) => network[what])),
    truth: median(moved.map(({ truth }) => truth[what])),
  });
  return { energy: middle('energy'), momentum: middle('momentum') };
}
