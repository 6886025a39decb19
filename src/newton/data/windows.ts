import { UserError } from '../../common/errors.js';
import { PUBLISHED_SNAPSHOTS, pickSnapshots, requireSnapshots, type SnapshotChoice } from './snapshots.js';
import type { TrajectorySet } from './trajectory-set.js';

/**
 * Windows of trajectories to learn from: a snapshot to see and a later one to predict. Trajectories are stored once,
 * whatever the number of windows: a row a body, snapshot after snapshot.
 */
export interface Windows {
  /** [rows, 3] */
  readonly positions: Float32Array;
  /** [rows, 3] */
  readonly velocities: Float32Array;
  /** [rows] */
  readonly charges: Float32Array;
  /** Where the input snapshot of each window begins: the row of its first body, [windows]. */
  readonly first: Int32Array;
  /** The number of bodies of each, [windows]. */
  readonly bodies: Int32Array;
  /** A window's target lies this many of the stored snapshots behind its input. */
  readonly gap: number;
}

/** Which windows of a trajectory are learned from. */
export interface WindowChoice extends SnapshotChoice {
  /**
   * How many windows as long as the chosen one: 1, that one alone (default); `all`; or a number, as evenly over the
   * trajectory as can be and the chosen one among them, if all its steps are.
   */
  readonly windows?: number | 'all';
  /** Targets that follow each other, each as far behind the one before as the first is behind the input; default 1. */
  readonly steps?: number;
}

/**
 * Takes windows from each trajectory, those of one trajectory after those of the one before.
 * @throws UserError for snapshots, trajectories or a number of windows that the set does not have
 */
export function windowsOf(set: TrajectorySet, choice: WindowChoice = PUBLISHED_SNAPSHOTS): Windows {
  const { input, target, count = set.trajectories, windows = 1, steps = 1 } = choice;
  const gap = target - input;
  requireSnapshots(set, { input, target, count });
  requireSteps(set, { input, gap, steps, windows });
  const inputs = inputsOf(windows, input, set.snapshots - steps * gap);
  // Where there is one window, only its snapshots are kept, which then follow each other.
  const isAlone = inputs.length === 1;
  const kept = isAlone ? range(steps + 1).map((k) => input + k * gap) : range(set.snapshots);
  const rows = count * kept.length * set.bodies;
  return {
    positions: pickSnapshots(set, set.loc, kept, count),
    velocities: pickSnapshots(set, set.vel, kept, count),
    charges: Float32Array.from({ length: rows }, (_, row) => {
      const trajectory = Math.floor(row / (kept.length * set.bodies));
      return set.charges[trajectory * set.bodies + (row % set.bodies)];
    }),
    first: Int32Array.from({ length: count * inputs.length }, (_, k) => {
      const at = kept.indexOf(inputs[k % inputs.length]);
      return (Math.floor(k / inputs.length) * kept.length + at) * set.bodies;
    }),
    bodies: new Int32Array(count * inputs.length).fill(set.bodies),
    gap: isAlone ? 1 : gap,
  };
}

/** @throws UserError where the last step would end behind the last snapshot */
function requireSteps(
  { snapshots }: Pick<TrajectorySet, 'snapshots'>,
  {
    input,
    gap,
    steps,
    windows,
  }: Pick<Required<WindowChoice>, 'input' | 'steps' | 'windows'> & { readonly gap: number },
): void {
  const last = (windows === 1 ? input : 0) + steps * gap;
  if (last < snapshots) return;
  const others = windows === 1 && steps * gap < snapshots;
  throw new UserError(`needs snapshot ${last} for the last step: trajectories have snapshots 0 to ${snapshots - 1}`, {
    about: 'data.steps',
    remedy: [
      ...(others ? [{ setting: 'data.windows', value: 'all' }] : []),
      { setting: 'data.steps', action: 'lower' },
    ],
  });
}

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/**
 * The input snapshots of so many windows, spread evenly over the `room` that there is, `input` among them.
 * @throws UserError where there is no room for as many
 */
function inputsOf(windows: number | 'all', input: number, room: number): readonly number[] {
  if (windows === 1) return [input];
  const count = windows === 'all' ? room : windows;
  if (count > room) {
    throw new UserError(`asks for ${count} windows of each trajectory, there are ${room}`, {
      about: 'data.windows',
      remedy: { setting: 'data.windows', value: 'all' },
    });
  }
  const even = range(count).map((k) => Math.round((k * (room - 1)) / Math.max(1, count - 1)));
  if (input >= room) return even;
  const distance = (snapshot: number): number => Math.abs(snapshot - input);
  const nearest = even.reduce((best, snapshot) => (distance(snapshot) < distance(best) ? snapshot : best));
  return even.map((snapshot) => (snapshot === nearest ? input : snapshot));
}
