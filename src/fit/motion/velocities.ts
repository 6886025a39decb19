import type { Rng } from '../../random/generator.js';
import { rigidMotions, withoutMotions } from './rigid-motions.js';
import { boltzmannConstant, type MotionUnits, unitAcceleration } from './units.js';

/** What velocities are drawn for. */
export interface VelocitiesOptions {
  /** In unified atomic mass units, [atoms]. */
  readonly masses: Float64Array;
  /** In K. */
  readonly temperature: number;
  readonly units: MotionUnits;
  /** Whether atoms repeat in a cell: their angular momentum is then no quantity of theirs, and stays. */
  readonly periodic?: boolean;
  /** Whether a thermostat keeps the atoms' common motion going: it is then part of what is drawn. Default false. */
  readonly thermostat?: boolean;
}

/**
 * Velocities from the distribution of Maxwell and Boltzmann, [atoms, 3] in the unit of length per fs, scaled so that the
 * temperature by {@link degreesOfFreedom} is the one asked for, as LAMMPS (`velocity create`) and GROMACS (`gen-vel`)
 * scale theirs.
 *
 * With a thermostat all 3 directions of every atom have their share, as OpenMM and ASE draw for Langevin dynamics, which
 * moves the centre too. Without one there is no momentum and, where nothing repeats, no angular momentum. A single atom
 * keeps its own.
 *
 * @param positions [atoms, 3]
 */
export function drawVelocities(positions: Float64Array, rng: Rng, options: VelocitiesOptions): Float64Array {
  const { masses, temperature, units, periodic = false, thermostat = false } = options;
  const spread = boltzmannConstant(units) * temperature * unitAcceleration(units);
  const velocities = positions.map((_, k) => Math.sqrt(spread / masses[Math.floor(k / 3)]) * rng.normal());
  if (!thermostat) withoutMotions(velocities, masses, rigidMotions(positions, masses, !periodic));
  const freedom = degreesOfFreedom(positions, { masses, thermostat, periodic });
  const found = temperatureOf(kineticEnergy(velocities, masses, units), freedom, units);
  return found > 0 ? velocities.map((v) => v * Math.sqrt(temperature / found)) : velocities;
}

/** In K; 0 where nothing can move. @param kinetic in the unit of energy */
export const temperatureOf = (kinetic: number, freedom: number, units: MotionUnits): number =>
  freedom > 0 ? (2 * kinetic) / (freedom * boltzmannConstant(units)) : 0;

/** ½ Σ m v² in the unit of energy. @param velocities [atoms, 3] in the unit of length per fs */
export function kineticEnergy(velocities: Float64Array, masses: Float64Array, units: MotionUnits): number {
  let sum = 0;
  for (let k = 0; k < velocities.length; k++) sum += masses[Math.floor(k / 3)] * velocities[k] * velocities[k];
  return sum / (2 * unitAcceleration(units));
}

/** What motion there can be. */
export interface FreedomOptions {
  readonly masses: Float64Array;
  /** Whether a thermostat keeps the atoms' common motion going, too. */
  readonly thermostat: boolean;
  readonly periodic?: boolean;
}

/**
 * How many directions atoms can move in: with a thermostat all, 3 each; without one those that are left when momentum
 * and, where nothing repeats, angular momentum stay 0.
 */
export function degreesOfFreedom(positions: Float64Array, options: FreedomOptions): number {
  const { masses, thermostat, periodic = false } = options;
  return positions.length - (thermostat ? 0 : rigidMotions(positions, masses, !periodic).length);
}
