import type { TrajectorySet } from '../data/trajectory-set.js';
import { stateAt } from '../simulation/law-of-set.js';
import { massesOf, synchronized, systemEnergy } from '../system/energy.js';
import { forceField } from '../system/forces.js';
import type { Bodies } from '../system/initial-state.js';
import type { Simulation } from '../system/system.js';

/** What an isolated system keeps. */
export interface Conserved {
  readonly energy: number;
  /** Total momentum Σ m v, [3]. */
  readonly momentum: readonly number[];
}

/**
 * Energy and total momentum of a system, of positions [3, n] and of velocities that lag half a time step behind, as
 * stored ones do and those that networks learn.
 */
export function conservedBy(law: Simulation, bodies: Bodies): (loc: Float64Array, vel: Float64Array) => Conserved {
  const energy = systemEnergy(law, bodies);
  const field = forceField(law, bodies);
  const masses = massesOf(law.kind, bodies.charges);
  const n = masses.length;
  const force = new Float64Array(3 * n);
  return (loc, vel) => {
    field(loc, vel, force);
    const now = synchronized(vel, force, law.timeStep);
    const momentum = [0, 0, 0];
    for (let k = 0; k < now.length; k++) momentum[Math.floor(k / n)] += masses[k % n] * now[k];
    return { energy: energy(loc, now), momentum };
  };
}

/** How far apart they are: of energies the difference, of momenta its length. */
export const distanceBetween = (a: Conserved, b: Conserved): { energy: number; momentum: number } => ({
  energy: Math.abs(a.energy - b.energy),
  momentum: Math.hypot(...a.momentum.map((p, axis) => p - b.momentum[axis])),
});

/** Energy and momentum of one trajectory of a set: as stored at a snapshot, and of rows [n, 3] that a network gives. */
export function conservedOf(law: Simulation, set: TrajectorySet, trajectory: number) {
  const of = conservedBy(law, stateAt(set, trajectory, 0));
  const columns = (rows: Float32Array): Float64Array =>
    Float64Array.from(rows, (_, k) => rows[(k % set.bodies) * 3 + Math.floor(k / set.bodies)]);
  return {
    stored(snapshot: number): Conserved {
      const { loc, vel } = stateAt(set, trajectory, snapshot);
      return of(loc, vel);
    },
    predicted: (positions: Float32Array, velocities: Float32Array): Conserved =>
      of(columns(positions), columns(velocities)),
  };
}
