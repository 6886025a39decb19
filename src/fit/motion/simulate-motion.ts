import { requireNonNegativeInteger, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { Turns } from '../../common/turns.js';
import { Rng } from '../../random/generator.js';
import { evaluateSoundly } from './evaluate-soundly.js';
import { Integrator, type Moving } from './integrate.js';
import type { MotionOptions, MotionSample, MotionState } from './motion.js';
import type { Potential } from './potential.js';
import { rigidMotions, withoutMotions } from './rigid-motions.js';
import {
  degreesOfFreedom,
  drawVelocities,
  kineticEnergy,
  temperatureOf,
  type VelocitiesOptions,
} from './velocities.js';

/** How a simulation starts. */
export interface StartOptions extends VelocitiesOptions {
  /** Of the velocities and of the thermostat. */
  readonly seed: number;
  /**
   * Those to start with, [atoms, 3], instead of drawn ones. Without a thermostat momentum and angular momentum are taken
   * out of a copy.
   */
  readonly velocities?: Float64Array;
}

/**
 * The start of a simulation, at step 0, with velocities of a temperature.
 *
 * @param positions [atoms, 3]; they are copied
 */
export function startMotion(positions: Float64Array, { seed, velocities, ...options }: StartOptions): MotionState {
  const { masses, periodic = false, thermostat = false } = options;
  const rng = Rng.fromSeed(seed);
  const kept = velocities?.slice();
  if (kept && !thermostat) withoutMotions(kept, masses, rigidMotions(positions, masses, !periodic));
  return {
    positions: positions.slice(),
    velocities: kept ?? drawVelocities(positions, rng.fork('velocities'), options),
    step: 0,
    heat: 0,
    random: rng.fork('thermostat').state(),
  };
}

/**
 * Molecular dynamics: velocity Verlet at constant energy, or with a thermostat Langevin dynamics by BAOAB. Gives
 * samples as they are reached, the start first where it is step 0; the last one is the end. From any of them the
 * simulation can be continued, and takes the steps that it would have taken.
 *
 * @throws UserError where an energy or a force is no number, where the potential has no energy of a geometry, as of atoms
 * at one place, and where an atom is lost: it would move more than 1 Å in one time step; the signal's reason
 */
export async function* simulateMotion(
  potential: Potential,
  start: MotionState,
  options: MotionOptions,
): AsyncGenerator<MotionSample, void> {
  const { steps, sampleEvery = 1, onStep, signal, species } = options;
  requireMotion(start, options);
  const rng = Rng.fromState(start.random);
  const { step: first, heat } = start;
  const positions = start.positions.slice();
  const found = await evaluateSoundly(potential, positions, species, first === 0 ? 'at the start' : `at step ${first}`);
  const moving: Moving = { positions, velocities: start.velocities.slice(), found, step: first, heat };
  const freedom =
    options.degreesOfFreedom ?? degreesOfFreedom(positions, { ...options, thermostat: isBathed(options) });
  const integrator = new Integrator(potential, options, rng);
  const sample = (): MotionSample => sampleOf(moving, { potential, options, freedom, rng });
  const turns = new Turns();
  if (first === 0) yield sample();
  while (moving.step < first + steps) {
    signal?.throwIfAborted();
    await integrator.advance(moving);
    onStep?.(moving.step);
    if (moving.step % sampleEvery === 0 || moving.step === first + steps) yield sample();
    await turns.pause(signal);
  }
}

const isBathed = ({ thermostat }: MotionOptions): boolean => thermostat !== undefined;

function requireMotion({ positions, velocities }: MotionState, options: MotionOptions): void {
  const { masses, timeStep, steps, sampleEvery = 1, thermostat } = options;
  requirePositive(timeStep, 'timeStep');
  requireNonNegativeInteger(steps, 'steps');
  requirePositiveInteger(sampleEvery, 'sampleEvery');
  if (thermostat) {
    requirePositive(thermostat.temperature, 'temperature');
    requirePositive(thermostat.friction, 'friction');
  }
  for (const [name, values] of Object.entries({ positions, velocities })) {
    if (values.length !== 3 * masses.length) {
      throw new RangeError(`${values.length} numbers are no ${name} of ${masses.length} atoms`);
    }
  }
}

interface Simulated {
  readonly potential: Potential;
  readonly options: MotionOptions;
  readonly freedom: number;
  readonly rng: Rng;
}

function sampleOf(moving: Moving, { potential, options, freedom, rng }: Simulated): MotionSample {
  const { positions, velocities, found, step, heat } = moving;
  const kinetic = kineticEnergy(velocities, options.masses, potential.units);
  return {
    step,
    time: step * options.timeStep,
    positions: positions.slice(),
    velocities: velocities.slice(),
    forces: found.forces.slice(),
    potential: found.energy,
    kinetic,
    total: found.energy + kinetic,
    heat,
    temperature: temperatureOf(kinetic, freedom, potential.units),
    random: rng.state(),
  };
}
