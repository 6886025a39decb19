import type { Quantity } from '../networks/quantities.js';
import { squaredLengths } from './turn.js';

/** Errors by graph, relative to the output's scale. */
export type GraphErrors = readonly number[];

/** What a result is. */
type Output = Pick<Quantity, 'kind' | 'at' | 'order' | 'symmetric'>;

/**
 * The largest distance between two results in every graph, relative to the scale of the second: the root mean square
 * distance of positions from the centre of their graph; of vectors and tensors, their root mean square length; of
 * scalars, their standard deviation.
 * @param sizes the number of nodes of each graph
 * @param least the smallest scale that counts
 * @returns Infinity for graphs with a result that is not finite
 * @throws RangeError if one result is longer than the other
 */
export function graphErrors(
  actual: Float32Array,
  expected: Float32Array,
  sizes: readonly number[],
  output: Output,
  least = 0,
): GraphErrors {
  if (actual.length !== expected.length)
    throw new RangeError(`the function gave ${actual.length} numbers, then ${expected.length} for the moved sample`);
  const squares = squaredLengths(
    Float64Array.from(actual, (value, k) => value - expected[k]),
    output,
  );
  const scale = Math.max(least, scaleOf(expected, output, sizes));
  let first = 0;
  return sizes.map((size) => {
    const end = first + (output.at === 'graphs' ? 1 : size);
    const worst = Math.sqrt(largest(squares.subarray(first, end)));
    first = end;
    if (!Number.isFinite(worst)) return Infinity;
    return worst === 0 ? 0 : worst / scale;
  });
}

/** NaN where one is. */
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), 0);

/** What is smaller than this share of scalars' size may be how float32 has rounded them. */
const ALIKE = 1e-5;

/** The scale of an output, as {@link graphErrors} defines it; relative to 0 where that says nothing, as in graphs of one node. */
export function scaleOf(values: Float32Array, output: Output, sizes: readonly number[]): number {
  const lengths = squaredLengths(values, output);
  const mean = (squares: number): number => Math.sqrt(squares / lengths.length);
  const size = mean(lengths.reduce((sum, square) => sum + square, 0));
  if (output.kind === 'position') return (output.at === 'nodes' && mean(squaresAboutCentres(values, sizes))) || size;
  if (output.kind !== 'scalar') return size;
  const deviation = mean(squaresAboutMean(values, 1));
  return deviation > ALIKE * size ? deviation : size;
}

function squaresAboutCentres(positions: Float32Array, sizes: readonly number[]): number {
  let [squares, first] = [0, 0];
  for (const size of sizes) {
    squares += squaresAboutMean(positions.subarray(first, first + 3 * size), 3);
    first += 3 * size;
  }
  return squares;
}

function squaresAboutMean(values: Float32Array, width: number): number {
  const mean = new Array<number>(width).fill(0);
  for (let k = 0; k < values.length; k++) mean[k % width] += (width * values[k]) / values.length;
  return values.reduce((sum, x, k) => sum + (x - mean[k % width]) ** 2, 0);
}
