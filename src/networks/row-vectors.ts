import { add, concat, div, mul, reshape, slice, sqrt, sub, sum, type Tensor } from '../tensor/index.js';

/*
 * Vectors whose x, y, z lie on the second axis, [n, 3, k]: k of them in each of n rows.
 */

/** a·b: [n, 3, k] → [n, k]. */
export const rowDot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), [1]);

/** a × b, [n, 3, k]. */
export function rowCross(a: Tensor, b: Tensor): Tensor {
  const at = (x: Tensor, k: number): Tensor => slice(x, 1, k, k + 1);
  const part = (i: number, j: number): Tensor => sub(mul(at(a, i), at(b, j)), mul(at(a, j), at(b, i)));
  return concat([part(1, 2), part(2, 0), part(0, 1)], 1);
}

/** v / √(|v|² + length²): nearly as long as 1 where v is long, and 0 without a jump where v is 0. */
export const limitedTo = (v: Tensor, length: number): Tensor =>
  div(v, sqrt(add(length ** 2, sum(mul(v, v), [1], { keepDims: true }))));

/** Equal parts of the last axis. */
export function parts(x: Tensor, count: number): Tensor[] {
  const axis = x.shape.length - 1;
  const width = Number(x.shape[axis]) / count;
  return Array.from({ length: count }, (_, k) => slice(x, axis, k * width, (k + 1) * width));
}

/** Numbers of rows as factors of vectors: [n, k] → [n, 1, k]. */
export const factors = (x: Tensor): Tensor => reshape(x, [x.shape[0], 1, x.shape[1]]);
