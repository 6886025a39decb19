import { UserError } from '../../common/errors.js';
import type { SystemBatch } from '../networks/system-batch.js';
import { type BodyTrajectory, joined } from './body-trajectory.js';
import { edgesOfMatrices } from './edges.js';
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
  /** Further columns of bodies, `scalars.mass` [rows] or `vectors.spin` [rows, 3]. */
  readonly columns?: Readonly<Record<string, Float32Array>>;
  /** The numbers of pairs, where they are wanted: those of each trajectory once, and where each window's begin. */
  readonly edges?: { readonly numbers: Float32Array; readonly first: Int32Array };
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
  /** Whether the numbers of pairs are wanted too; default false. */
  readonly edges?: boolean;
}

/**
 * Takes windows from each trajectory, those of one trajectory after those of the one before.
 * @throws UserError for snapshots, trajectories or a number of windows that the set does not have
 */
export function windowsOf(set: TrajectorySet, choice: WindowChoice = PUBLISHED_SNAPSHOTS): Windows {
  const { input, target, count = set.trajectories, windows = 1, steps = 1, edges = false } = choice;
  const gap = target - input;
  requireSnapshots(set, { input, target, count });
  requireSteps(set, { input, gap, steps, windows });
  const inputs = inputsOf(windows, input, set.snapshots - steps * gap);
  // Where there is one window, only its snapshots are kept, which then follow each other.
  const isAlone = inputs.length === 1;
  const kept = isAlone ? range(steps + 1).map((k) => inputs[0] + k * gap) : range(set.snapshots);
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
    ...(edges && { edges: edgesOfSet(set, count, inputs.length) }),
  };
}

/** The numbers of pairs of the first trajectories, for so many windows of each. */
function edgesOfSet(
  { bodies, edges }: Pick<TrajectorySet, 'bodies' | 'edges'>,
  count: number,
  windows: number,
): NonNullable<Windows['edges']> {
  return {
    numbers: edgesOfMatrices(edges.subarray(0, count * bodies ** 2), bodies),
    first: Int32Array.from({ length: count * windows }, (_, k) => Math.floor(k / windows) * bodies * (bodies - 1)),
  };
}

/** @throws UserError where the last step would end behind the last snapshot */
function requireSteps(
  { snapshots, name }: Pick<TrajectorySet, 'snapshots'> & { readonly name?: string },
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
  const have = name === undefined ? 'trajectories have' : `${name} has`;
  throw new UserError(`needs snapshot ${last} for the last step: ${have} snapshots 0 to ${snapshots - 1}`, {
    about: 'data.steps',
    remedy: [
      ...(others ? [{ setting: 'data.windows', value: 'all' }] : []),
      { setting: 'data.steps', action: 'lower' },
    ],
  });
}

/**
 * The same of trajectories of any sizes and lengths; those without charges have charges of 0.
 * @param choice its `count` is of no meaning
 * @throws UserError that names a trajectory which has no such snapshots, or not as many windows
 */
export function windowsOfTrajectories(trajectories: readonly BodyTrajectory[], choice: WindowChoice): Windows {
  const { input, target, windows = 1, steps = 1 } = choice;
  const gap = target - input;
  const [first, bodies, firstEdges]: [number[], number[], number[]] = [[], [], []];
  let [rows, pairs] = [0, 0];
  for (const { name, snapshots, bodies: size } of trajectories) {
    if (target >= snapshots)
      throw new UserError(`${name}: there is no snapshot ${target}, the trajectory has ${snapshots}, counted from 0`, {
        remedy: { setting: 'data.target', action: 'lower' },
      });
    requireSteps({ snapshots, name }, { input, gap, steps, windows });
    for (const at of inputsOf(windows, input, snapshots - steps * gap, name)) {
      first.push(rows + at * size);
      bodies.push(size);
      firstEdges.push(pairs);
    }
    rows += snapshots * size;
    pairs += size * (size - 1);
  }
  const columns = Object.keys(trajectories[0]?.columns ?? {});
  const edges = trajectories.flatMap((one) => (one.edges ? [one.edges] : []));
  return {
    positions: joined(trajectories.map(({ positions }) => positions)),
    velocities: joined(trajectories.map(({ velocities }) => velocities)),
    charges: joined(trajectories.map((one) => one.charges ?? new Float32Array(one.snapshots * one.bodies))),
    columns: Object.fromEntries(columns.map((key) => [key, joined(trajectories.map((one) => one.columns[key]))])),
    first: Int32Array.from(first),
    bodies: Int32Array.from(bodies),
    gap,
    ...(edges.length > 0 && { edges: { numbers: joined(edges), first: Int32Array.from(firstEdges) } }),
  };
}

/** The systems at the inputs of windows, one after the other, and where their bodies are at the targets. */
export function systemsOfWindows(windows: Windows): SystemsWithTargets {
  const { positions, velocities, charges, columns = {}, first, bodies, gap, edges } = windows;
  const pick = (values: Float32Array, steps: number): Float32Array => {
    const width = values.length / charges.length;
    const rows = (row: number, count: number) => values.subarray(width * row, width * (row + count));
    return joined(Array.from(first, (row, k) => rows(row + steps * gap * bodies[k], bodies[k])));
  };
  const pairs = (window: number): number => bodies[window] * (bodies[window] - 1);
  return {
    systems: {
      sizes: [...bodies],
      positions: pick(positions, 0),
      velocities: pick(velocities, 0),
      charges: pick(charges, 0),
      ...(edges && { edges: joined(Array.from(edges.first, (at, k) => edges.numbers.subarray(at, at + pairs(k)))) }),
      columns: Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, pick(values, 0)])),
    },
    targets: pick(positions, 1),
  };
}

/** Systems as networks take them, and where their bodies come to be. */
export interface SystemsWithTargets {
  readonly systems: SystemBatch;
  /** [bodies, 3] */
  readonly targets: Float32Array;
}

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/**
 * The input snapshots of so many windows, spread evenly over the `room` that there is, `input` among them.
 * @throws UserError where there is no room for as many
 */
function inputsOf(windows: number | 'all', input: number, room: number, name = 'each trajectory'): readonly number[] {
  if (windows === 1) return [input];
  const count = windows === 'all' ? room : windows;
  if (count > room) {
    throw new UserError(`asks for ${count} windows of ${name}, there are ${room}`, {
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
