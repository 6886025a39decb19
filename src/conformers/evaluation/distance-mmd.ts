import { mean } from '../../common/statistics.js';

/** Maximum mean discrepancies between the interatomic distances of two ensembles; 0 where they agree. */
export interface DistanceMmd {
  /** Of each distance by itself, in the order of the atom pairs. */
  readonly single: readonly number[];
  /** Of every two distances together; the mean over all twos, NaN if there is but one distance. */
  readonly pair: number;
  /** Of all distances together. */
  readonly all: number;
}

/** Widths of the Gaussians, as multiples of the mean squared distance between samples: ¼, ½, 1, 2, 4. */
const WIDEST = 4;
const WIDTHS = 5;

/**
 * The discrepancy of Gretton et al. (2012) between two samples: mean kernel within the first, plus that within the
 * second, minus twice that between them. The kernel is the sum of five Gaussians exp(−d²/w), w going by factors of 2
 * from ¼ to 4 times the mean d² over all pairs of different samples, as ConfGF and its followers have it: from 0 for
 * the same samples to below 10.
 * @param first [n, width], row by row
 * @param second [m, width]
 * @throws RangeError for an empty sample, rows that are not whole, or values that are not finite
 */
export function maximumMeanDiscrepancy(first: Float64Array, second: Float64Array, width: number): number {
  checkSamples(first, second, width);
  const [n, m] = [first.length / width, second.length / width];
  const rows = new Float64Array((n + m) * width);
  rows.set(first);
  rows.set(second, first.length);
  const squares = pairSquares(rows, width);
  const bandwidth = (2 * squares.reduce((sum, square) => sum + square, 0)) / ((n + m) * (n + m - 1));
  if (bandwidth === 0) return 0;
  return discrepancy(squares, n, m, bandwidth);
}

function checkSamples(first: Float64Array, second: Float64Array, width: number): void {
  for (const sample of [first, second]) {
    if (sample.length === 0 || sample.length % width !== 0) {
      throw new RangeError(`${sample.length} numbers are no samples of ${width}`);
    }
    const bad = sample.find((value) => !Number.isFinite(value));
    if (bad !== undefined) throw new RangeError(`a sample holds ${bad}`);
  }
}

/** Squared distances between rows i < j, in the order of j, then i. */
function pairSquares(rows: Float64Array, width: number): Float64Array {
  const count = rows.length / width;
  const squares = new Float64Array((count * (count - 1)) / 2);
  let at = 0;
  for (let j = 1; j < count; j++) {
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (rows[i * width + k] - rows[j * width + k]) ** 2;
      squares[at++] = sum;
    }
  }
  return squares;
}

function discrepancy(squares: Float64Array, n: number, m: number, bandwidth: number): number {
  // A sample's kernel with itself is 1 in every Gaussian.
  let [inFirst, inSecond, between] = [n * WIDTHS, m * WIDTHS, 0];
  let at = 0;
  for (let j = 1; j < n + m; j++) {
    for (let i = 0; i < j; i++) {
      const value = kernel(squares[at++] / (WIDEST * bandwidth));
      if (j < n) inFirst += 2 * value;
      else if (i >= n) inSecond += 2 * value;
      else between += value;
    }
  }
  // Never negative but for rounding.
  return Math.max(0, inFirst / n ** 2 + inSecond / m ** 2 - (2 * between) / (n * m));
}

/** Σ exp(−2ᵏ x), k = 0 … 4: each Gaussian is the square of the next wider one. */
function kernel(x: number): number {
  let gaussian = Math.exp(-x);
  let sum = gaussian;
  for (let k = 1; k < WIDTHS; k++) {
    gaussian *= gaussian;
    sum += gaussian;
  }
  return sum;
}

/**
 * How the distances between given atoms are distributed in two ensembles (the protocol of GraphDG and ConfGF, there on
 * ISO17): each alone, two at a time, all together.
 * @param references positions [atoms · 3] per conformer, Å
 * @param pairs the atoms: bonds between heavy atoms in the fixture
 * @throws RangeError for no conformers or no pairs
 */
export function distanceMmd(
  references: readonly ArrayLike<number>[],
  generated: readonly ArrayLike<number>[],
  pairs: readonly (readonly [number, number])[],
): DistanceMmd {
  if (pairs.length === 0) throw new RangeError('there are no distances to compare');
  const [theirs, ours] = [references, generated].map((set) => set.map((positions) => distances(positions, pairs)));
  const compare = (columns: readonly number[]): number =>
    maximumMeanDiscrepancy(pick(theirs, columns), pick(ours, columns), columns.length);
  const all = pairs.map((_, column) => column);
  const twos = all.flatMap((a) => all.slice(a + 1).map((b) => compare([a, b])));
  return { single: all.map((column) => compare([column])), pair: mean(twos), all: compare(all) };
}

const pick = (rows: readonly Float64Array[], columns: readonly number[]): Float64Array =>
  Float64Array.from(rows.flatMap((row) => columns.map((column) => row[column])));

function distances(positions: ArrayLike<number>, pairs: readonly (readonly [number, number])[]): Float64Array {
  return Float64Array.from(pairs, ([i, j]) =>
    Math.hypot(...[0, 1, 2].map((axis) => positions[3 * i + axis] - positions[3 * j + axis])),
  );
}
