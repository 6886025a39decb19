import { add, div, mul, slice, sqrt, sum, type Tensor, transpose } from '../tensor/index.js';

/*
 * Vectors of nodes or edges with x, y, z on the first axis, k of them in each of n rows: [3, n, k]. So numbers of rows
 * [n, k] are factors of vectors as they are, and sums over x, y, z go through long rows.
 */

/** a·b: [3, n, k] → [n, k]. */
export const vectorDot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), [0]);

/** v / √(|v|² + length²): nearly as long as 1 where v is long, and 0 without a jump where v is 0. */
export const limitedTo = (v: Tensor, length: number): Tensor => mul(v, div(1, sqrt(add(length ** 2, vectorDot(v, v)))));

/** Equal parts of the last axis. */
export function parts(x: Tensor, count: number): Tensor[] {
  const axis = x.shape.length - 1;
  const width = Number(x.shape[axis]) / count;
  return Array.from({ length: count }, (_, k) => slice(x, axis, k * width, (k + 1) * width));
}

/** [n, 3, k] ↔ [3, n, k] */
export const swapped = (vectors: Tensor): Tensor => transpose(vectors, [1, 0, 2]);
