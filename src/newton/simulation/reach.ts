import { Turns } from '../../common/turns.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import type { Simulation } from '../system/system.js';
import { snapshotDifferences } from './divergence.js';
import { goOn, stateAt } from './law-of-set.js';

/** What {@link reachOfFloat32} is told. */
export interface ReachOptions {
  /** The snapshot to start from. */
  readonly start: number;
  /** The last snapshot to look at; default the last that there is. */
  readonly end?: number;
  /** Only the first so many trajectories; default all. */
  readonly count?: number;
  readonly signal?: AbortSignal;
  /** Called after every trajectory. */
  readonly onSystem?: (done: number, total: number) => void;
}

/** How far trajectories are fixed by their start in float32, which is all that a network sees of it. */
export interface Reach {
  /** Number of trajectories. */
  readonly systems: number;
  /** The time from the start to each snapshot behind it. */
  readonly times: readonly number[];
  /** Mean over all coordinates of the squared difference of positions, at each of these. */
  readonly meanSquaredError: readonly number[];
  /** Mean over bodies of the distance. */
  readonly meanDistance: readonly number[];
  /** The largest difference of a position or velocity so far, of each trajectory at each of these. */
  readonly apart: readonly Float64Array[];
}

/**
 * Lets the simulator itself start from stored positions and velocities rounded to float32, and compares it with the
 * stored trajectories: what no network can be expected to do better than.
 * @param law of the set, see `lawOfSet`
 */
export async function reachOfFloat32(
  law: Simulation,
  set: TrajectorySet,
  { start, end = set.snapshots - 1, count = set.trajectories, signal, onSystem }: ReachOptions,
): Promise<Reach> {
  const snapshots = end - start;
  const size = 3 * set.bodies;
  const [squares, distances] = [new Float64Array(snapshots), new Float64Array(snapshots)];
  const apart: Float64Array[] = [];
  const turns = new Turns();
  for (let trajectory = 0; trajectory < count; trajectory++) {
    const state = stateAt(set, trajectory, start);
    const rounded = { ...state, loc: state.loc.map(Math.fround), vel: state.vel.map(Math.fround) };
    const from = (trajectory * set.snapshots + start + 1) * size;
    const truth = {
      loc: set.loc.subarray(from, from + snapshots * size),
      vel: set.vel.subarray(from, from + snapshots * size),
    };
    const found = goOn(law, rounded, snapshots);
    addErrors(found.loc, truth.loc, set.bodies, squares, distances);
    apart.push(largestSoFar(snapshotDifferences(found, truth, snapshots)));
    onSystem?.(trajectory + 1, count);
    await turns.pause(signal);
  }
  return {
    systems: count,
    times: Array.from(squares, (_, k) => Number(((k + 1) * law.sampleEvery * law.timeStep).toPrecision(12))),
    meanSquaredError: Array.from(squares, (sum) => sum / (count * size)),
    meanDistance: Array.from(distances, (sum) => sum / (count * set.bodies)),
    apart,
  };
}

/** Adds to the sums of squares and of distances of each snapshot, of positions [snapshot, 3, n]. */
function addErrors(
  found: Float64Array,
  truth: Float64Array,
  bodies: number,
  squares: Float64Array,
  distances: Float64Array,
): void {
  for (let snapshot = 0; snapshot < squares.length; snapshot++) {
    for (let body = 0; body < bodies; body++) {
      let square = 0;
      for (let axis = 0; axis < 3; axis++) {
        const k = (3 * snapshot + axis) * bodies + body;
        square += (found[k] - truth[k]) ** 2;
      }
      squares[snapshot] += square;
      distances[snapshot] += Math.sqrt(square);
    }
  }
}

function largestSoFar(differences: Float64Array): Float64Array {
  let largest = 0;
  return differences.map((difference) => {
    largest = Math.max(largest, difference);
    return largest;
  });
}

/** The share of trajectories that their start in float32 fixes to within `tolerance`, at each snapshot behind it. */
export const predictableShare = ({ apart, times }: Reach, tolerance: number): number[] =>
  times.map((_, k) => apart.filter((largest) => largest[k] <= tolerance).length / apart.length);
