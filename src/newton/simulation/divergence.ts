import { NumpyRandom } from '../../random/numpy-random.js';
import type { InitialState } from '../system/initial.js';
import { integrate, type Trajectory } from '../system/integrate.js';
import { type Simulation, snapshotCount } from '../system/system.js';

/** How far the copies start aside: a few units in the last place of a coordinate. */
const ASIDE = 2e-15;
/** Number of copies; a single one can be lucky. */
const COPIES = 4;
/** Two correct programs may part this much further than the copies do; factors up to 3.1 were seen in 780 trajectories. */
const MARGIN = 10;

/**
 * How far a trajectory is from being fixed by its start, by each snapshot [snapshots], in units of length: it is computed
 * again four times with ±2e-15 (random signs) added to every coordinate of the start, which is what rounding in
 * another order amounts to, and the largest difference of a position or velocity so far is taken.
 *
 * About 1e-15–1e-13 for calm motion. A close encounter multiplies it by up to a million (there the last bit of
 * r² = |x|² + |y|² − 2xy decides); at 1 the copies have nothing in common any more.
 */
export function divergence(simulation: Simulation, initial: InitialState): Float64Array {
  const random = new NumpyRandom(0);
  const original = integrate(simulation, initial);
  const apart = new Float64Array(snapshotCount(simulation));
  for (let copy = 0; copy < COPIES; copy++) {
    const loc = initial.loc.map((value) => value + (random.integer(2) === 0 ? ASIDE : -ASIDE));
    const differences = snapshotDifferences(original, integrate(simulation, { ...initial, loc }), apart.length);
    let largest = 0;
    for (const [snapshot, difference] of differences.entries()) {
      largest = Math.max(largest, difference);
      apart[snapshot] = Math.max(apart[snapshot], largest);
    }
  }
  return apart;
}

/** The largest difference of a coordinate, of position or velocity, at each snapshot. */
export function snapshotDifferences(one: Trajectory, other: Trajectory, snapshots: number): Float64Array {
  const size = one.loc.length / snapshots;
  const largest = new Float64Array(snapshots);
  for (let k = 0; k < one.loc.length; k++) {
    const snapshot = Math.floor(k / size);
    const apart = Math.max(Math.abs(one.loc[k] - other.loc[k]), Math.abs(one.vel[k] - other.vel[k]));
    largest[snapshot] = Math.max(largest[snapshot], apart);
  }
  return largest;
}

/**
 * How many snapshots, from the first on, are fixed by the start to within `tolerance`: those by which the divergence,
 * times a margin of 10, has stayed below it. From there on the trajectory counts as chaotic at that tolerance: up to
 * there two correct integrators must agree, later they need not.
 */
export function predictableSnapshots(apart: Float64Array, tolerance: number): number {
  const end = apart.findIndex((difference) => difference * MARGIN > tolerance);
  return end < 0 ? apart.length : end;
}
