import { UserError } from '../../common/errors.js';
import { edgesOfMatrices, hasOwnEdges } from './edges.js';
import type { TrajectorySet } from './trajectory-set.js';

/** Which snapshots of a trajectory a network sees and must predict. */
export interface SnapshotChoice {
  /** Snapshot whose positions and velocities go in, from 0; published: 30. */
  readonly input: number;
  /** Snapshot whose positions are to come out; published: 40. */
  readonly target: number;
  /** Only the first so many trajectories; all by default. */
  readonly count?: number;
}

/** The published choice. */
export const PUBLISHED_SNAPSHOTS = { input: 30, target: 40 } as const;

/**
 * Networks predict the future: what they are to predict must come after what they see.
 * @throws UserError where it does not
 */
export function requireLaterTarget({ input, target }: Pick<SnapshotChoice, 'input' | 'target'>): void {
  if (target === input) throw new UserError(`input and target are both snapshot ${input}: there is nothing to predict`);
  if (target < input)
    throw new UserError(`the target, snapshot ${target}, comes before the input, snapshot ${input}; take a later one`);
}

/** Inputs and targets for training, body by body. */
export interface SnapshotPairs {
  /** Number of trajectories. */
  readonly count: number;
  readonly bodies: number;
  /** [trajectory, body, 3] */
  readonly positions: Float32Array;
  /** [trajectory, body, 3] */
  readonly velocities: Float32Array;
  /** [trajectory, body, 3] */
  readonly targets: Float32Array;
  /** [trajectory, body] */
  readonly charges: Float32Array;
  /** [trajectory, n (n − 1)], the numbers of pairs, where they are not the products of charges. */
  readonly edges?: Float32Array;
}

/**
 * Takes one pair of snapshots from each trajectory.
 *
 * @throws UserError for a snapshot or a number of trajectories that the set does not have
 */
export function snapshotPairs(set: TrajectorySet, choice: SnapshotChoice = PUBLISHED_SNAPSHOTS): SnapshotPairs {
  const { input, target, count = set.trajectories } = choice;
  requireSnapshots(set, { input, target, count });
  const pick = (values: Float64Array, snapshot: number): Float32Array => pickSnapshots(set, values, [snapshot], count);
  return {
    count,
    bodies: set.bodies,
    positions: pick(set.loc, input),
    velocities: pick(set.vel, input),
    targets: pick(set.loc, target),
    charges: Float32Array.from(set.charges.subarray(0, count * set.bodies)),
    ...(hasOwnEdges(set) && { edges: edgesOfMatrices(set.edges.subarray(0, count * set.bodies ** 2), set.bodies) }),
  };
}

/** @throws UserError for a snapshot or a number of trajectories that the set does not have */
export function requireSnapshots(
  { snapshots, trajectories }: Pick<TrajectorySet, 'snapshots' | 'trajectories'>,
  { input, target, count }: Required<SnapshotChoice>,
): void {
  requireSnapshot('input', input, snapshots);
  requireSnapshot('target', target, snapshots);
  if (!Number.isSafeInteger(count) || count < 1 || count > trajectories)
    throw new UserError(`${count} trajectories were requested, but the set has ${trajectories}`);
}

function requireSnapshot(which: string, snapshot: number, snapshots: number): void {
  if (Number.isSafeInteger(snapshot) && snapshot >= 0 && snapshot < snapshots) return;
  throw new UserError(`there is no ${which} snapshot ${snapshot}: trajectories have snapshots 0 to ${snapshots - 1}`);
}

/** Some snapshots of the first `count` trajectories: [trajectory, snapshot, 3, n] → [trajectory, picked, n, 3]. */
export function pickSnapshots(
  { bodies: n, snapshots }: Pick<TrajectorySet, 'bodies' | 'snapshots'>,
  values: Float64Array,
  chosen: readonly number[],
  count: number,
): Float32Array {
  const picked = new Float32Array(count * chosen.length * n * 3);
  let at = 0;
  for (let t = 0; t < count; t++) {
    for (const snapshot of chosen) {
      const from = (t * snapshots + snapshot) * 3 * n;
      for (let body = 0; body < n; body++)
        for (let axis = 0; axis < 3; axis++) picked[at++] = values[from + axis * n + body];
    }
  }
  return picked;
}
