import type { ForceField } from './force-field.js';
import type { Bodies } from './initial-state.js';
import { kindNamed } from './kinds.js';
import type { Simulation } from './system.js';

/** What accelerates every body of a system. Published forces are limited: no component is larger than 0.1 / Δt. */
export const forceField = (simulation: Simulation, bodies: Bodies): ForceField =>
  kindNamed(simulation.kind).forces(bodies, simulation);
