import type { Quantity } from '../networks/quantities.js';

/** Errors by graph, relative to the output's scale. */
export type GraphErrors = readonly number[];

/**
 * The largest distance between two results in every graph, relative to the scale of the second: the root mean square
 * distance of positions from the centre of their graph, of vectors their root mean square length.
 * @param sizes the number of nodes of each graph
 * @returns Infinity for graphs with a result that is not finite
 * @throws RangeError if one result is longer than the other
 */
export function graphErrors(
  actual: Float32Array,
  expected: Float32Array,
  sizes: readonly number[],
  { kind, at }: Pick<Quantity, 'kind' | 'at'>,
): GraphErrors {
  if (actual.length !== expected.length)
    throw new RangeError(`the function gave ${actual.length} numbers, then ${expected.length} for the moved sample`);
  const scale = scaleOf(expected, kind === 'position' && at === 'nodes' ? sizes : []);
  let first = 0;
  return sizes.map((size) => {
    const end = first + 3 * (at === 'graphs' ? 1 : size);
    const worst = largestDistance(actual.subarray(first, end), expected.subarray(first, end));
    first = end;
    if (!Number.isFinite(worst)) return Infinity;
    return worst === 0 ? 0 : worst / scale;
  });
}

function largestDistance(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k += 3) {
    const distance = Math.hypot(a[k] - b[k], a[k + 1] - b[k + 1], a[k + 2] - b[k + 2]);
    if (!(distance <= largest)) largest = distance;
    if (Number.isNaN(largest)) break;
  }
  return largest;
}

/**
 * The root mean square length of vectors, relative to the mean of each graph whose size is given; relative to the
 * origin where that says nothing, as in graphs of one node.
 */
function scaleOf(vectors: Float32Array, sizes: readonly number[]): number {
  let [squares, first] = [0, 0];
  for (const size of sizes) {
    squares += squaresAboutMean(vectors.subarray(first, first + 3 * size));
    first += 3 * size;
  }
  if (squares === 0) squares = vectors.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt((3 * squares) / vectors.length);
}

function squaresAboutMean(vectors: Float32Array): number {
  const mean = [0, 0, 0];
  for (let k = 0; k < vectors.length; k++) mean[k % 3] += (3 * vectors[k]) / vectors.length;
  return vectors.reduce((sum, x, k) => sum + (x - mean[k % 3]) ** 2, 0);
}
