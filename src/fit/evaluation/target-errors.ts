import { type GeometrySet, type GeometrySource, geometryCount } from '../data/geometry-set.js';
import { geometryOfRow } from '../find-column.js';
import type { ResolvedTarget } from '../quantity.js';
import type { TargetValues } from '../target-values.js';

/** Errors over numbers, in the unit of what they are of; null where there is no number. */
export interface MeanErrors {
  readonly meanAbsolute: number | null;
  readonly rootMeanSquare: number | null;
}

/** Where a prediction is far off. */
export interface ErrorAt {
  /** The largest error there, without its sign. */
  readonly error: number;
  /** Which geometry of the set, from 0, and where it comes from. */
  readonly geometry: number;
  readonly source: GeometrySource;
  /** Of a target of atoms: which atom of the geometry, from 1. */
  readonly atom?: number;
}

/** How well a target is predicted. */
export interface TargetErrors extends MeanErrors {
  readonly name: string;
  readonly of: ResolvedTarget['of'];
  /** That of all errors, in words: `eV/Å`. */
  readonly unit: string;
  /** How many geometries, or atoms, were compared, and how many lack the target, which do not count. */
  readonly compared: number;
  readonly missing: number;
  /** How many numbers a row has: 3 of a vector; 6 of a symmetric tensor, each of its components once. */
  readonly width: number;
  /** What a constant predictor scores, the mean of every component over the same rows: the spread of the target. */
  readonly spread: MeanErrors;
  /** Of extensive scalars of geometries: errors divided by the number of atoms, and what a constant an atom scores. */
  readonly perAtom?: MeanErrors & { readonly spread: MeanErrors };
  /** The largest error; null where nothing was compared. */
  readonly largest: ErrorAt | null;
}

/** Sums of errors. */
class Sums {
  #absolute = 0;
  #square = 0;
  #count = 0;

  add(error: number): void {
    this.#absolute += Math.abs(error);
    this.#square += error * error;
    this.#count += 1;
  }

  errors(): MeanErrors {
    if (this.#count === 0) return { meanAbsolute: null, rootMeanSquare: null };
    return { meanAbsolute: this.#absolute / this.#count, rootMeanSquare: Math.sqrt(this.#square / this.#count) };
  }
}

/** What constant numbers score: the mean of each of `width` components. @param rows those that count */
function spreadOf(rows: readonly number[], data: ArrayLike<number>, width: number): MeanErrors {
  const sums = new Sums();
  for (let k = 0; k < width; k++) {
    const mean = rows.reduce((sum, row) => sum + data[row * width + k], 0) / rows.length;
    for (const row of rows) sums.add(data[row * width + k] - mean);
  }
  return sums.errors();
}

/** How far predicted numbers are from those of the files, where these have them. */
export interface ComparedTarget {
  readonly target: ResolvedTarget;
  readonly values: TargetValues;
  /** [rows, width in memory] */
  readonly predicted: ArrayLike<number>;
}

/** The errors of one target. */
export function targetErrors(set: GeometrySet, { target, values, predicted }: ComparedTarget): TargetErrors {
  const { name, of, unit } = target;
  const { width, data, present, missing } = values;
  const rows = Array.from(present.keys()).filter((row) => present[row]);
  const sums = new Sums();
  let [largest, at] = [-1, -1];
  for (const row of rows) {
    for (let k = row * width; k < (row + 1) * width; k++) {
      const error = predicted[k] - data[k];
      sums.add(error);
      // An error that is no number is larger than any.
      if (Math.abs(error) > largest || (Number.isNaN(error) && !Number.isNaN(largest))) {
        [largest, at] = [Math.abs(error), row];
      }
    }
  }
  const perAtom = of === 'graph' && target.order === 0 && target.extensive;
  return {
    name,
    of,
    unit,
    compared: rows.length,
    missing,
    width,
    ...sums.errors(),
    spread: spreadOf(rows, data, width),
    ...(perAtom && { perAtom: errorsPerAtom(set, rows, data, predicted) }),
    largest: at < 0 ? null : { error: largest, ...placeOf(set, of, at) },
  };
}

function errorsPerAtom(
  { sizes }: GeometrySet,
  rows: readonly number[],
  data: ArrayLike<number>,
  predicted: ArrayLike<number>,
): NonNullable<TargetErrors['perAtom']> {
  const sums = new Sums();
  for (const row of rows) sums.add((predicted[row] - data[row]) / sizes[row]);
  return {
    ...sums.errors(),
    spread: spreadOf(
      rows,
      Float64Array.from(sizes, (size, row) => data[row] / size),
      1,
    ),
  };
}

function placeOf(set: GeometrySet, of: ResolvedTarget['of'], row: number): Omit<ErrorAt, 'error'> {
  const geometry = geometryOfRow(set, of, row);
  return { geometry, source: set.sources[geometry], ...(of === 'node' && { atom: row - set.first[geometry] + 1 }) };
}

/** How far a geometry's numbers of a target are off in the mean, [geometries]; NaN where it has none. */
export function errorsOfGeometries(set: GeometrySet, { target, values, predicted }: ComparedTarget): Float64Array {
  const { width, data, present } = values;
  return Float64Array.from({ length: geometryCount(set) }, (_, geometry) => {
    const [from, count] = target.of === 'graph' ? [geometry, 1] : [set.first[geometry], set.sizes[geometry]];
    let [sum, numbers] = [0, 0];
    for (let row = from; row < from + count; row++) {
      if (!present[row]) continue;
      for (let k = row * width; k < (row + 1) * width; k++) sum += Math.abs(predicted[k] - data[k]);
      numbers += width;
    }
    return sum / numbers;
  });
}

/** The geometries whose numbers of a target are farthest off, in the mean over each, the worst first. */
export function worstGeometries(set: GeometrySet, compared: ComparedTarget, count: number): ErrorAt[] {
  const errors = errorsOfGeometries(set, compared);
  return Array.from(errors.keys())
    .filter((geometry) => !Number.isNaN(errors[geometry]))
    .sort((a, b) => errors[b] - errors[a])
    .slice(0, count)
    .map((geometry) => ({ error: errors[geometry], geometry, source: set.sources[geometry] }));
}
