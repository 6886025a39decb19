import { GrowingInts } from './growing.js';

/** The directions in which a cell repeats: of the others the vectors are zero, and so are their duals. */
export interface Lattice {
  /** a, b, c row by row, [9]. */
  readonly vectors: Float64Array;
  /** Row by row what gives the share of a, b or c in a position, [9]; 1 / its length is the height of the cell. */
  readonly duals: Float64Array;
}

/** Below this share of its length, what a vector has that the others have not is rounding. */
const FLAT = 1e-6;

/**
 * The lattice of a cell. Vectors of directions that do not repeat play no part, whatever they are.
 * @param cell a, b, c row by row, [9]
 * @param periodic along which of them it repeats, [3]
 * @throws RangeError if a vector is missing, not finite or zero, or lies in the plane or on the line of the others
 */
export function latticeOf(cell: ArrayLike<number>, periodic: ArrayLike<boolean | number>): Lattice {
  if (cell.length !== 9) throw new RangeError(`a cell has 9 numbers (a, b and c, row by row), not ${cell.length}`);
  if (periodic.length !== 3) throw new RangeError(`periodic has 3 entries, one a cell vector, not ${periodic.length}`);
  const axes = [0, 1, 2].filter((axis) => Boolean(periodic[axis]));
  const row = (axis: number): number[] => [cell[3 * axis], cell[3 * axis + 1], cell[3 * axis + 2]];
  const [vectors, duals] = [new Float64Array(9), new Float64Array(9)];
  for (const axis of axes) {
    const vector = row(axis);
    const upright = perpendicular(
      vector,
      axes.filter((other) => other !== axis).map((other) => row(other)),
    );
    const [square, height] = [dot(vector, vector), dot(upright, upright)];
    if (!(height > FLAT ** 2 * square && Number.isFinite(square))) throw singular(axes, cell);
    vectors.set(vector, 3 * axis);
    duals.set(
      upright.map((x) => x / height),
      3 * axis,
    );
  }
  return { vectors, duals };
}

function singular(axes: readonly number[], cell: ArrayLike<number>): RangeError {
  const rows = axes.map((k) => `${'abc'[k]} = (${cell[3 * k]}, ${cell[3 * k + 1]}, ${cell[3 * k + 2]})`);
  const span = ['length', 'area', 'volume'][axes.length - 1];
  return new RangeError(`the cell is singular: its periodic vectors, ${rows.join(', ')}, span no ${span}`);
}

const dot = (a: readonly number[], b: readonly number[]): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** What of a vector is perpendicular to others. */
function perpendicular(vector: readonly number[], others: readonly number[][]): number[] {
  const basis: number[][] = [];
  const reject = (v: readonly number[]): number[] =>
    basis.reduce<number[]>(
      (rest, q) => {
        const share = dot(rest, q) / dot(q, q);
        return rest.map((x, k) => x - share * q[k]);
      },
      [...v],
    );
  for (const other of others) basis.push(reject(other));
  return reject(vector);
}

/** Points of a lattice: every atom in the cell, and all images of it that an atom of the cell may see. */
export interface Images {
  /** The atom that each point shows, ascending; the images of one in the order of their numbers of cells. */
  readonly atoms: Int32Array;
  /** How many cells each point is away from its atom as it lies in the cell, [points, 3]. */
  readonly cells: Int32Array;
  /** The point of each atom itself, in the cell. */
  readonly own: Int32Array;
  /** How many cells each atom as given lies outside of the cell, [atoms, 3]. */
  readonly outside: Int32Array;
  /** Positions of the atoms in the cell, [atoms, 3]. */
  readonly inside: Float64Array;
}

/** More points than this are the mark of a wrong unit, and more than memory should go to. */
const MOST_POINTS = 2 ** 25;

/** All images of atoms that lie within a distance of those in the cell. @param x positions, [atoms, 3] */
export function imagesWithin(x: ArrayLike<number>, lattice: Lattice, distance: number): Images {
  const { inside, outside, shares } = wrapped(x, lattice);
  const ranges = rangesOf(shares, lattice, distance);
  const isNear = nearBox(inside, lattice, distance);
  const n = x.length / 3;
  const [atoms, cells, own] = [new GrowingInts(2 * n), new GrowingInts(6 * n), new Int32Array(n)];
  for (let atom = 0; atom < n; atom++) {
    const at = 6 * atom;
    for (let a = ranges[at]; a <= ranges[at + 1]; a++) {
      for (let b = ranges[at + 2]; b <= ranges[at + 3]; b++) {
        for (let c = ranges[at + 4]; c <= ranges[at + 5]; c++) {
          if (a === 0 && b === 0 && c === 0) own[atom] = atoms.length;
          else if (!isNear(atom, a, b, c)) continue;
          atoms.push(atom);
          cells.push(a);
          cells.push(b);
          cells.push(c);
        }
      }
    }
  }
  return { atoms: atoms.values, cells: cells.values, own, outside, inside };
}

/**
 * From which to which number of cells along a, b and c images of each atom may be near one of the cell, [atoms, 6].
 * @param shares of a, b and c in the position of each atom
 */
function rangesOf(shares: Float64Array, { duals }: Lattice, distance: number): Float64Array {
  const ranges = new Float64Array(2 * shares.length);
  for (let axis = 0; axis < 3; axis++) {
    const slope = Math.hypot(duals[3 * axis], duals[3 * axis + 1], duals[3 * axis + 2]);
    if (slope === 0) continue;
    const [low, high] = extent(shares, axis, distance * slope);
    for (let at = axis; at < shares.length; at += 3) {
      ranges[2 * at] = Math.ceil(low - shares[at]);
      ranges[2 * at + 1] = Math.floor(high - shares[at]);
    }
  }
  let points = 0;
  for (let at = 0; at < ranges.length; at += 6) {
    const count = (axis: number): number => 1 + ranges[at + 2 * axis + 1] - ranges[at + 2 * axis];
    points += count(0) * count(1) * count(2);
  }
  if (points <= MOST_POINTS) return ranges;
  throw new RangeError(
    `within ${distance} of the cell lie ${points} images of its ${shares.length / 3} atoms: too many`,
  );
}

/** Atoms moved into the cell: where they lie then, how many cells they were outside, and their shares of a, b, c. */
function wrapped(
  x: ArrayLike<number>,
  { vectors, duals }: Lattice,
): { readonly inside: Float64Array; readonly outside: Int32Array; readonly shares: Float64Array } {
  const [inside, outside, shares] = [Float64Array.from(x), new Int32Array(x.length), new Float64Array(x.length)];
  for (let at = 0; at < x.length; at += 3) {
    for (let axis = 0; axis < 3; axis++) {
      const share = x[at] * duals[3 * axis] + x[at + 1] * duals[3 * axis + 1] + x[at + 2] * duals[3 * axis + 2];
      outside[at + axis] = Math.floor(share);
      shares[at + axis] = share - outside[at + axis];
    }
    for (let k = 0; k < 3; k++) inside[at + k] -= component(vectors, outside[at], outside[at + 1], outside[at + 2], k);
  }
  return { inside, outside, shares };
}

/** One of x, y, z of so many cells along a, b and c: the opposite for opposite numbers, to the last digit. */
export const component = (vectors: Float64Array, a: number, b: number, c: number, k: number): number =>
  a * vectors[k] + b * vectors[3 + k] + c * vectors[6 + k];

/** The smallest and the largest number of a column of three, widened by a margin. */
function extent(rows: Float64Array, column: number, margin: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = column; at < rows.length; at += 3) {
    low = Math.min(low, rows[at]);
    high = Math.max(high, rows[at]);
  }
  return [low - margin, high + margin];
}

/** Whether an image lies within a distance of the box, along x, y and z, that holds all atoms of the cell. */
function nearBox(
  inside: Float64Array,
  { vectors }: Lattice,
  distance: number,
): (atom: number, a: number, b: number, c: number) => boolean {
  const box = [0, 1, 2].map((k) => extent(inside, k, distance));
  return (atom, a, b, c) =>
    box.every(([low, high], k) => {
      const x = inside[3 * atom + k] + component(vectors, a, b, c, k);
      return low <= x && x <= high;
    });
}
