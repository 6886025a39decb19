import { UserError } from '../common/errors.js';
import { type GeometrySet, geometryCount, sayWhere } from './data/geometry-set.js';
import { columnOf, geometryOfRow } from './find-column.js';
import { type ResolvedTarget, widthInMemory } from './quantity.js';

/** The numbers of a target in memory. */
export interface TargetValues {
  /** 1, 3, 6 (xx xy xz yy yz zz of what is symmetric) or 3^order. */
  readonly width: number;
  /** [rows, width]: rows of atoms or of geometries; NaN in those that are missing. */
  readonly data: Float64Array;
  /** 1 where a row is there, 0 where it is missing or lacks a number, [rows]. */
  readonly present: Uint8Array;
  /** How many rows are missing. */
  readonly missing: number;
}

/** How far from zero what must vanish may be, as a part of the tensor's size. */
const TOLERANCE = 1e-3;

/** Where xx xy xz yy yz zz stand in 9 numbers, and in 6 in Voigt's order. */
const HALF = [0, 1, 2, 4, 5, 8];
const VOIGT = [0, 5, 4, 1, 3, 2];

/**
 * The numbers of a target, with those that are missing marked.
 * @throws UserError with the place for a tensor that is not symmetric or has a trace, though declared otherwise
 */
export function targetValues(set: GeometrySet, target: ResolvedTarget): TargetValues {
  const column = columnOf(set, target.of, target.column);
  const width = widthInMemory(target);
  const rows = column.data.length / column.width;
  const data = new Float64Array(rows * width);
  const present = new Uint8Array(rows);
  const isTensor = width === 6;
  const typical = isTensor ? typicalSize(column.data, column.width) : 0;
  let missing = 0;
  for (let row = 0; row < rows; row++) {
    const numbers = column.data.subarray(row * column.width, (row + 1) * column.width);
    const into = data.subarray(row * width, (row + 1) * width);
    if (numbers.some(Number.isNaN)) {
      into.fill(Number.NaN);
      missing += 1;
      continue;
    }
    present[row] = 1;
    if (!isTensor) into.set(numbers);
    else {
      const wrong = halve(numbers, into, target, typical);
      if (wrong) throw tensorError(set, target, row, wrong);
    }
  }
  return { width, data, present, missing };
}

/** The root of the mean square of rows that are there. */
function typicalSize(data: Float64Array, width: number): number {
  let [sum, count] = [0, 0];
  for (const x of data) {
    if (Number.isNaN(x)) continue;
    sum += x * x;
    count += 1;
  }
  return Math.sqrt((sum / Math.max(1, count)) * width);
}

/** Puts a symmetric tensor into 6 numbers. @returns what is wrong with it, if anything is */
function halve(
  numbers: Float64Array,
  into: Float64Array,
  { symmetry, voigt }: ResolvedTarget,
  typical: number,
): string | undefined {
  const full = numbers.length === 9;
  const places = full ? HALF : voigt ? VOIGT : [0, 1, 2, 3, 4, 5];
  places.forEach((place, k) => {
    into[k] = numbers[place];
  });
  const limit = TOLERANCE * Math.max(Math.hypot(...numbers), typical);
  if (full) {
    for (const [k, a, b] of [
      [1, 1, 3],
      [2, 2, 6],
      [4, 5, 7],
    ]) {
      if (Math.abs(numbers[a] - numbers[b]) > limit) return `is not symmetric: ${numbers[a]} and ${numbers[b]}`;
      into[k] = (numbers[a] + numbers[b]) / 2;
    }
  }
  if (symmetry !== 'traceless') return undefined;
  const trace = into[0] + into[3] + into[5];
  if (Math.abs(trace) > limit) return `has the trace ${Number(trace.toPrecision(4))}`;
  for (const k of [0, 3, 5]) into[k] -= trace / 3;
  return undefined;
}

function tensorError(set: GeometrySet, { name, of, symmetry }: ResolvedTarget, row: number, wrong: string): UserError {
  const geometry = geometryOfRow(set, of, row);
  const atom = of === 'node' ? ` of atom ${row - set.first[geometry] + 1}` : '';
  const where = sayWhere(set.sources[geometry]);
  const cure = symmetry === 'traceless' ? 'symmetric' : 'none';
  return new UserError(`${where}: ${name}${atom} ${wrong}; declare its symmetry ${cure}, or mend the file`, {
    key: `targets.${name}.symmetry`,
  });
}

/** How many are missing, for people: `energy is missing in 3 of 100 geometries, where it does not count`. */
export function sayMissing(set: GeometrySet, { name, of }: ResolvedTarget, { missing }: TargetValues): string {
  const all = of === 'graph' ? geometryCount(set) : set.species.length;
  const rows = of === 'graph' ? 'geometries' : 'atoms';
  return `${name} is missing in ${missing} of ${all} ${rows}, where it does not count`;
}

/**
 * Numbers in memory as the files of the target have them, [rows, widthInFiles].
 * @param data [rows, width in memory]
 */
export function valuesForFiles(
  { order, symmetry, voigt, widthInFiles }: ResolvedTarget,
  data: ArrayLike<number>,
): Float64Array {
  const width = widthInMemory({ order, symmetry });
  const places =
    width !== 6 ? undefined : widthInFiles === 9 ? [0, 1, 2, 1, 3, 4, 2, 4, 5] : voigt ? [0, 3, 5, 4, 2, 1] : undefined;
  if (!places) return Float64Array.from(data);
  const rows = data.length / width;
  return Float64Array.from({ length: rows * places.length }, (_, k) => {
    const row = Math.floor(k / places.length);
    return data[row * width + places[k % places.length]];
  });
}
