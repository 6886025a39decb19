import type { Bodies } from './initial-state.js';
import { kindNamed } from './kinds.js';
import { pairPotential } from './pair-forces.js';
import type { Simulation } from './system.js';

/** Total energy of charged bodies whose forces have no cutoff; see {@link systemEnergy}. */
export function chargedEnergy(loc: Float64Array, vel: Float64Array, charges: Float64Array, softening: number): number {
  return vel.reduce((energy, v) => energy + (v * v) / 2, pairPotential(charges, { softening })(loc));
}

/** The masses of the bodies of a system, [n]: 1 but for those that attract each other. */
export const massesOf = (kind: Simulation['kind'], charges: Float64Array): Float64Array =>
  kindNamed(kind).masses?.(charges) ?? new Float64Array(charges.length).fill(1);

/**
 * Total energy Σ_i ½ m_i v_i² + U(x) of a system of bodies, which its motion keeps as long as no component of a force
 * reaches its limit.
 *
 * @returns a function of positions [3, n] and velocities [3, n] at the same time; stored velocities lag half a step, so
 * use {@link synchronized} first
 */
export function systemEnergy(simulation: Simulation, bodies: Bodies): (loc: Float64Array, vel: Float64Array) => number {
  const masses = massesOf(simulation.kind, bodies.charges);
  const potential = kindNamed(simulation.kind).potential(bodies, simulation);
  return (loc, vel) => vel.reduce((energy, v, k) => energy + (masses[k % masses.length] * v * v) / 2, potential(loc));
}

/** Velocities half a step later: v + ½ Δt F. Takes stored velocities to the time of the stored positions. */
export function synchronized(vel: Float64Array, force: Float64Array, timeStep: number): Float64Array {
  return vel.map((component, i) => component + 0.5 * timeStep * force[i]);
}
