import type { GeometrySet } from './data/geometry-set.js';

/** What energies and forces are divided by before a network learns them. */
export interface EnergyScale {
  /** In the unit of the energy; above 0. */
  readonly scale: number;
  /** What it was taken from; `none` where neither says anything, and it is 1. */
  readonly from: 'forces' | 'energies' | 'none';
}

/**
 * The scale of energies: the root of the mean square of the forces' components; without forces, the standard deviation
 * of what is left of the energy per atom without shifts.
 *
 * @param energies without their shifts, [geometries]; NaN for those that do not count
 * @param forces [atoms, 3]; NaN for those that do not count
 */
export function energyScale(
  { sizes }: Pick<GeometrySet, 'sizes'>,
  energies: ArrayLike<number>,
  forces?: ArrayLike<number>,
): EnergyScale {
  const ofForces = forces && rootMeanSquare(forces);
  if (isScale(ofForces)) return { scale: ofForces, from: 'forces' };
  const perAtom = Float64Array.from(sizes, (size, k) => energies[k] / size);
  const deviation = standardDeviation(perAtom);
  return isScale(deviation) ? { scale: deviation, from: 'energies' } : { scale: 1, from: 'none' };
}

const isScale = (value: number | undefined): value is number =>
  value !== undefined && value > 0 && Number.isFinite(value);

/** The root of the mean square; NaN does not count; NaN of no numbers. */
export function rootMeanSquare(values: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) continue;
    sum += values[k] ** 2;
    count += 1;
  }
  return Math.sqrt(sum / count);
}

/** About the mean, n in the denominator; NaN does not count; NaN of no numbers. */
export function standardDeviation(values: ArrayLike<number>): number {
  const there = Array.from(values).filter((value) => !Number.isNaN(value));
  const mean = there.reduce((sum, value) => sum + value, 0) / there.length;
  return rootMeanSquare(there.map((value) => value - mean));
}
