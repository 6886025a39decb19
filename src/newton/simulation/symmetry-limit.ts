import { Turns } from '../../common/turns.js';
import { type Matrix3, randomRotation, rotationOf, transposed } from '../../geometry/rotation.js';
import type { Rng } from '../../random/generator.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import type { InitialState } from '../system/initial-state.js';
import { kindNamed } from '../system/kinds.js';
import type { Simulation } from '../system/system.js';
import { goOn, stateAt } from './law-of-set.js';

/** What {@link symmetryLimit} is told. */
export interface SymmetryLimitOptions {
  /** The snapshot to start from, and the one to look at. */
  readonly start: number;
  readonly end: number;
  /** Draws the rotations. */
  readonly rng: Rng;
  /** How often each trajectory is turned; default 8. */
  readonly rotations?: number;
  /** Only the first so many trajectories; default all. */
  readonly count?: number;
  readonly signal?: AbortSignal;
  /** Called after every trajectory. */
  readonly onSystem?: (done: number, total: number) => void;
}

/** What rotations leave open. */
export interface SymmetryLimit {
  /** Number of trajectories. */
  readonly systems: number;
  /** The least mean squared error of positions that a prediction can have that turns with the system. */
  readonly meanSquaredError: number;
  /** Its standard error, over trajectories. */
  readonly standardError: number;
  /** The share of trajectories that end elsewhere when they are turned. */
  readonly share: number;
}

/** Farther apart than by rounding. */
const APART = 1e-6;

/**
 * The least error of any prediction that turns with the system, where the law of motion does not: the published
 * simulators limit every component of a force by itself, so that a close encounter goes on differently when the system
 * is turned. Each trajectory goes on from a snapshot as it is and turned at random, is turned back, and what it comes to
 * has a variance over rotations: that is left of the squared error of the best prediction, which is the mean. In an
 * external field the system turns about the field, which leaves it as it is.
 * @param law of the set, see `lawOfSet`
 */
export async function symmetryLimit(
  law: Simulation,
  set: TrajectorySet,
  { start, end, rng, rotations = 8, count = set.trajectories, signal, onSystem }: SymmetryLimitOptions,
): Promise<SymmetryLimit> {
  const turns = new Turns();
  const axis = Object.values(kindNamed(law.kind).fields)[0];
  const draw = (): Matrix3 => (axis ? rotationAbout(axis, 2 * Math.PI * rng.uniform()) : randomRotation(rng));
  const errors = new Float64Array(count);
  let open = 0;
  for (let trajectory = 0; trajectory < count; trajectory++) {
    const state = stateAt(set, trajectory, start);
    const ends = Array.from({ length: rotations }, () => endOf(law, state, end - start, draw()));
    ends.push(stateAt(set, trajectory, end).loc);
    const variances = varianceOf(ends);
    errors[trajectory] = variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
    if (variances.some((variance) => variance > APART ** 2)) open++;
    onSystem?.(trajectory + 1, count);
    await turns.pause(signal);
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / count;
  const spread = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / Math.max(1, count - 1);
  return { systems: count, meanSquaredError: mean, standardError: Math.sqrt(spread / count), share: open / count };
}

/** Where a state comes to after so many snapshots if it is turned first, and turned back after. */
function endOf(law: Simulation, state: InitialState, snapshots: number, rotation: Matrix3): Float64Array {
  const turned = { ...state, loc: turn(rotation, state.loc), vel: turn(rotation, state.vel) };
  const { loc } = goOn(law, turned, snapshots);
  return turn(transposed(rotation), loc.subarray(loc.length - state.loc.length));
}

/** M v for vectors stored as [3, n]. */
function turn(m: Matrix3, vectors: Float64Array): Float64Array {
  const n = vectors.length / 3;
  return vectors.map((_, k) => {
    const [row, i] = [3 * Math.floor(k / n), k % n];
    return m[row] * vectors[i] + m[row + 1] * vectors[n + i] + m[row + 2] * vectors[2 * n + i];
  });
}

function rotationAbout(axis: readonly [number, number, number], angle: number): Matrix3 {
  const sine = Math.sin(angle / 2) / Math.hypot(...axis);
  return rotationOf([Math.cos(angle / 2), ...axis.map((component) => component * sine)]);
}

/** The variance of each number over several lists of them. */
function varianceOf(lists: readonly Float64Array[]): Float64Array {
  return lists[0].map((_, k) => {
    const mean = lists.reduce((sum, list) => sum + list[k], 0) / lists.length;
    return lists.reduce((sum, list) => sum + (list[k] - mean) ** 2, 0) / (lists.length - 1);
  });
}
