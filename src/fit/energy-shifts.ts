import { UserError } from '../common/errors.js';
import { didYouMean } from '../common/nearest.js';
import { symmetricEigen } from '../geometry/symmetric-eigen.js';
import type { GeometrySet } from './data/geometry-set.js';

/** Directions whose eigenvalue is a smaller part of the largest one say nothing: the data do not tell them apart. */
const RANK = 1e-9;

/** What shifts are found from: atoms of geometries one after the other. */
export type SpeciesOfGeometries = Pick<GeometrySet, 'species' | 'sizes' | 'first' | 'speciesNames'>;

/**
 * Shifts per species by least squares: a geometry's value is about the sum of the shifts of its atoms. Where the data
 * leave a choice (one molecule only, say, whose atoms cannot be told apart) these are the shifts of least norm; those of
 * a species that does not occur are 0.
 *
 * @param values of geometries, [geometries]; NaN for those that do not count
 * @returns [species]
 */
export function leastSquaresShifts(set: SpeciesOfGeometries, values: ArrayLike<number>): Float64Array {
  const n = set.speciesNames.length;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let k = 0; k < set.sizes.length; k++) {
    if (Number.isNaN(values[k])) continue;
    const counts = countsOf(set, k);
    for (let i = 0; i < n; i++) {
      right[i] += counts[i] * values[k];
      for (let j = 0; j < n; j++) normal[i * n + j] += counts[i] * counts[j];
    }
  }
  return leastNormSolution(normal, right);
}

/** x of least norm with A x = b as nearly as can be, of a symmetric A without negative eigenvalues, [n, n]. */
function leastNormSolution(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const { values, vectors } = symmetricEigen(a, n);
  const limit = RANK * values.reduce((largest, value) => Math.max(largest, value), 0);
  const x = new Float64Array(n);
  values.forEach((value, k) => {
    if (!(value > limit)) return;
    const vector = vectors.subarray(k * n, (k + 1) * n);
    const part = vector.reduce((sum, v, i) => sum + v * b[i], 0) / value;
    for (let i = 0; i < n; i++) x[i] += part * vector[i];
  });
  return x;
}

/** How many atoms of each species a geometry has, [species]. */
function countsOf({ species, sizes, first, speciesNames }: SpeciesOfGeometries, geometry: number): Float64Array {
  const counts = new Float64Array(speciesNames.length);
  const start = first[geometry];
  for (const name of species.subarray(start, start + sizes[geometry])) counts[name] += 1;
  return counts;
}

/**
 * Shifts that are given by the names of species, in a set's order.
 * @throws UserError for a species of the set that has none
 */
export function givenShifts(given: Readonly<Record<string, number>>, speciesNames: readonly string[]): Float64Array {
  return Float64Array.from(speciesNames, (name) => {
    if (Object.hasOwn(given, name)) return given[name];
    const known = Object.keys(given);
    throw new UserError(
      `no shift is given for the species ${name}${didYouMean(name, known)}; give one for each species`,
    );
  });
}

/** The sum of the shifts of a geometry's atoms, of each geometry, [geometries]. */
export function shiftsOfGeometries(set: SpeciesOfGeometries, shifts: ArrayLike<number>): Float64Array {
  return Float64Array.from(set.sizes, (_, k) =>
    countsOf(set, k).reduce((sum, count, species) => sum + count * shifts[species], 0),
  );
}
