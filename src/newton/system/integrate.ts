import { UserError } from '../../common/errors.js';
import { forceField } from './forces.js';
import type { InitialState } from './initial.js';
import { type Simulation, snapshotCount } from './system.js';

/** The stored snapshots of one trajectory: positions and velocities, [snapshots, 3, n] each. */
export interface Trajectory {
  readonly loc: Float64Array;
  readonly vel: Float64Array;
}

/**
 * Integrates one trajectory: v += Δt F(x₀), then for i = 1 … steps − 1: x += Δt v; every `sampleEvery`-th i the pair
 * (x, v) is stored; v += Δt F(x). Stored velocities thus lag half a step behind, as published.
 *
 * @throws UserError where bodies meet so closely that numbers overflow (possible without softening only).
 */
export function integrate(simulation: Simulation, initial: InitialState): Trajectory {
  const { timeStep } = simulation;
  const size = 3 * simulation.bodies;
  const snapshots = snapshotCount(simulation);
  const stored = { loc: new Float64Array(snapshots * size), vel: new Float64Array(snapshots * size) };
  const field = forceField(simulation, initial);
  const loc = Float64Array.from(initial.loc);
  const vel = Float64Array.from(initial.vel);
  const force = new Float64Array(size);
  const lastStored = snapshots * simulation.sampleEvery;
  field(loc, vel, force);
  advance(vel, force, timeStep);
  for (let step = 1; step <= lastStored; step++) {
    advance(loc, vel, timeStep);
    if (step % simulation.sampleEvery === 0) {
      const offset = (step / simulation.sampleEvery - 1) * size;
      stored.loc.set(loc, offset);
      stored.vel.set(vel, offset);
    }
    field(loc, vel, force);
    advance(vel, force, timeStep);
  }
  if (!loc.every(Number.isFinite))
    throw new UserError(
      'the simulation overflowed: two bodies collided; use another seed, or the clofnet protocol, which softens forces',
      { code: 'diverged' },
    );
  return stored;
}

/** values += Δt rates. */
function advance(values: Float64Array, rates: Float64Array, timeStep: number): void {
  for (let i = 0; i < values.length; i++) values[i] += timeStep * rates[i];
}
