import type { RngState } from '../../random/generator.js';
import type { EnergyAndForces } from './potential.js';

/** All that a simulation goes on from. */
export interface MotionState {
  /** [atoms, 3]; those that repeat are not put back into their cell. */
  readonly positions: Float64Array;
  /** [atoms, 3] in the unit of length per fs. */
  readonly velocities: Float64Array;
  /** How many time steps were taken. */
  readonly step: number;
  /** The energy that the thermostat has put in. */
  readonly heat: number;
  /** Of the thermostat's random numbers. */
  readonly random: RngState;
}

/** A moment's numbers, energies in the potential's unit. */
export interface MotionMoment {
  readonly step: number;
  /** In fs. */
  readonly time: number;
  readonly potential: number;
  readonly kinetic: number;
  /** Potential and kinetic. */
  readonly total: number;
  /** The energy that the thermostat has put in; without one 0. What is conserved is the total less this. */
  readonly heat: number;
  /** In K, by the degrees of freedom. */
  readonly temperature: number;
}

/** A moment of a simulation, with copies of all arrays: it is a state to go on from, too. */
export interface MotionSample extends MotionState, MotionMoment, Pick<EnergyAndForces, 'forces'> {
  readonly step: number;
  readonly heat: number;
}

/** Langevin's: friction, and random forces that make up for it. */
export interface Thermostat {
  /** In K. */
  readonly temperature: number;
  /** In 1/ps. */
  readonly friction: number;
}

/** What is simulated, and how. */
export interface MotionOptions {
  /** In unified atomic mass units, [atoms]. */
  readonly masses: Float64Array;
  /** In fs. */
  readonly timeStep: number;
  /** Time steps to take. */
  readonly steps: number;
  /** A sample is given at every so many steps, counted from step 0 of the first run, and at the end. Default 1. */
  readonly sampleEvery?: number;
  /** Without one the energy is conserved. */
  readonly thermostat?: Thermostat;
  /** Whether atoms repeat in a cell; for the degrees of freedom alone. */
  readonly periodic?: boolean;
  /** By which temperatures are told; default those of `degreesOfFreedom`. A potential that holds atoms in place has all. */
  readonly degreesOfFreedom?: number;
  /** Of atoms, for messages: their symbols. */
  readonly species?: readonly string[];
  /** Called after every time step. */
  readonly onStep?: (step: number) => void;
  readonly signal?: AbortSignal;
}
