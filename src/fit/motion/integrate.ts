import { UserError } from '../../common/errors.js';
import type { Rng } from '../../random/generator.js';
import { evaluateSoundly, nameOfAtom } from './evaluate-soundly.js';
import type { MotionOptions } from './motion.js';
import type { EnergyAndForces, Potential } from './potential.js';
import { boltzmannConstant, fromAngstrom, type MotionUnits, unitAcceleration } from './units.js';
import { kineticEnergy } from './velocities.js';

/**
 * The farthest, in ångström, that an atom may move in a time step. At 10,000 K a hydrogen moves .16 Å in a femtosecond;
 * a bond is 1 Å long.
 */
export const LONGEST_MOVE = 1;

/** Atoms in motion: its arrays change with every step. */
export interface Moving {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  found: EnergyAndForces;
  step: number;
  heat: number;
}

/** Friction and random forces over one time step: v becomes `keep` v + `spread` times a normal, one of each atom. */
interface Bath {
  readonly keep: number;
  readonly spread: Float64Array;
}

/** Takes time steps of one simulation. */
export class Integrator {
  readonly #potential: Potential;
  readonly #options: MotionOptions;
  readonly #rng: Rng;
  readonly #bath: Bath | undefined;
  /** By atom: the velocity that a unit of force gives in half a time step. */
  readonly #kick: Float64Array;
  readonly #before: Float64Array;

  constructor(potential: Potential, options: MotionOptions, rng: Rng) {
    const { masses, timeStep } = options;
    this.#potential = potential;
    this.#options = options;
    this.#rng = rng;
    this.#bath = bathOf(options, potential.units);
    this.#kick = masses.map((mass) => (0.5 * timeStep * unitAcceleration(potential.units)) / mass);
    this.#before = new Float64Array(3 * masses.length);
  }

  /**
   * BAOAB (Leimkuhler and Matthews 2013): half a kick, half a drift, friction and noise, half a drift, half a kick.
   * Without a thermostat this is velocity Verlet.
   */
  async advance(moving: Moving): Promise<void> {
    const { positions, velocities } = moving;
    const { timeStep, species } = this.#options;
    this.#before.set(positions);
    this.#addForces(moving);
    drift(positions, velocities, timeStep / 2);
    if (this.#bath) moving.heat += this.#exchange(velocities, this.#bath);
    drift(positions, velocities, timeStep / 2);
    moving.step++;
    this.#requireNear(moving);
    moving.found = await evaluateSoundly(this.#potential, positions, species, this.#when(moving.step));
    this.#addForces(moving);
  }

  #addForces({ velocities, found: { forces } }: Moving): void {
    for (let k = 0; k < velocities.length; k++) velocities[k] += this.#kick[Math.floor(k / 3)] * forces[k];
  }

  /** @returns the energy that went in */
  #exchange(velocities: Float64Array, { keep, spread }: Bath): number {
    const { masses } = this.#options;
    const before = kineticEnergy(velocities, masses, this.#potential.units);
    for (let k = 0; k < velocities.length; k++) {
      velocities[k] = keep * velocities[k] + spread[Math.floor(k / 3)] * this.#rng.normal();
    }
    return kineticEnergy(velocities, masses, this.#potential.units) - before;
  }

  /** @throws UserError where an atom has moved farther than any does in a time step */
  #requireNear({ positions, step }: Moving): void {
    const before = this.#before;
    const { units } = this.#potential;
    const limit = fromAngstrom(LONGEST_MOVE, units);
    for (let k = 0; k < positions.length; k += 3) {
      const [x, y, z] = [positions[k] - before[k], positions[k + 1] - before[k + 1], positions[k + 2] - before[k + 2]];
      const way = Math.hypot(x, y, z);
      if (way <= limit) continue;
      const name = nameOfAtom(k / 3, this.#options.species);
      const far = `${Number(way.toPrecision(3))} ${units.length} in one step`;
      throw new UserError(
        `${name} is lost ${this.#when(step)}: it would move ${far}, and no atom moves more than ` +
          `${Number(limit.toPrecision(3))} ${units.length}; the time step is too long, or the potential knows no such geometry`,
        { code: 'diverged', atom: k / 3 + 1, remedy: [{ setting: 'timeStep', action: 'lower' }] },
      );
    }
  }

  #when(step: number): string {
    return `at step ${step} (${Number((step * this.#options.timeStep).toPrecision(6))} fs)`;
  }
}

function bathOf({ thermostat, masses, timeStep }: MotionOptions, units: MotionUnits): Bath | undefined {
  if (thermostat === undefined) return undefined;
  const keep = Math.exp((-thermostat.friction * timeStep) / FEMTOSECONDS_PER_PICOSECOND);
  const square = (1 - keep * keep) * boltzmannConstant(units) * thermostat.temperature * unitAcceleration(units);
  return { keep, spread: masses.map((mass) => Math.sqrt(square / mass)) };
}

export const FEMTOSECONDS_PER_PICOSECOND = 1000;

function drift(positions: Float64Array, velocities: Float64Array, time: number): void {
  for (let k = 0; k < positions.length; k++) positions[k] += time * velocities[k];
}
