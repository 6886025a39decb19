import type { NumpyRandom } from '../../random/numpy-random.js';
import type { InitialState } from './initial-state.js';
import { kindNamed } from './kinds.js';
import type { Simulation } from './system.js';

export type { InitialState } from './initial-state.js';

/** Draws one initial state, in the order of its kind of system. */
export const drawInitialState = (simulation: Simulation, random: NumpyRandom): InitialState =>
  kindNamed(simulation.kind).draw(simulation, random);
