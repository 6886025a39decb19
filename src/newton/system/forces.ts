import { coulombForces, type ForceField } from './coulomb.js';
import type { InitialState } from './initial.js';
import { FORCE_LIMIT, GRAVITY, MAGNETIC_FIELD, type Simulation, SPRING_STRENGTH, softening } from './system.js';

/** The force on every body of a system, each component limited to ± {@link FORCE_LIMIT}. */
export function forceField(simulation: Simulation, state: Pick<InitialState, 'charges' | 'edges'>): ForceField {
  const unlimited = unlimitedForces(simulation, state);
  return (loc, vel, force) => {
    unlimited(loc, vel, force);
    for (let i = 0; i < force.length; i++) {
      if (force[i] > FORCE_LIMIT) force[i] = FORCE_LIMIT;
      else if (force[i] < -FORCE_LIMIT) force[i] = -FORCE_LIMIT;
    }
  };
}

function unlimitedForces(simulation: Simulation, state: Pick<InitialState, 'charges' | 'edges'>): ForceField {
  if (simulation.kind === 'springs') return springForces(state.edges, simulation.bodies);
  const coulomb = coulombForces(state.charges, softening(simulation.protocol));
  if (simulation.kind === 'static') return sum(coulomb, gravity(simulation.bodies));
  if (simulation.kind === 'dynamic') return sum(coulomb, lorentz(state.charges));
  return coulomb;
}

/** The second adds to what the first has written. */
function sum(first: ForceField, second: ForceField): ForceField {
  return (loc, vel, force) => {
    first(loc, vel, force);
    second(loc, vel, force);
  };
}

function gravity(n: number): ForceField {
  return (_loc, _vel, force) => {
    for (let axis = 0; axis < 3; axis++) for (let i = 0; i < n; i++) force[axis * n + i] += GRAVITY[axis];
  };
}

/** q v × B. */
function lorentz(charges: Float64Array): ForceField {
  const n = charges.length;
  const [bx, by, bz] = MAGNETIC_FIELD;
  return (_loc, vel, force) => {
    for (let i = 0; i < n; i++) {
      const [vx, vy, vz] = [vel[i], vel[n + i], vel[2 * n + i]];
      force[i] += (vy * bz - vz * by) * charges[i];
      force[n + i] += (vz * bx - vx * bz) * charges[i];
      force[2 * n + i] += (vx * by - vy * bx) * charges[i];
    }
  };
}

/** F_i = −k Σ_j edge_ij (x_i − x_j), with k = {@link SPRING_STRENGTH}. */
function springForces(edges: Float64Array, n: number): ForceField {
  return (loc, _vel, force) => {
    force.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const pull = -SPRING_STRENGTH * edges[i * n + j];
        for (let axis = 0; axis < 3; axis++) {
          force[axis * n + i] += pull * (loc[axis * n + i] - loc[axis * n + j]);
        }
      }
    }
  };
}
