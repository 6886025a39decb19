import { add, concat, mul, reshape, slice, sum, type Tensor } from '../tensor/index.js';
import type { Frame } from './frame.js';

/**
 * Scalarization of vectors (Du et al. 2022, eq. 6): their components (v·a, v·b, v·c) on a frame, which do not change
 * when the system turns.
 * @param vectors [3, n] each, or several in one tensor: [3 · k, n], x, y, z of one after the other
 * @returns scalars [3 · number of vectors, n]
 */
export function scalarize(vectors: readonly Tensor[], { a, b, c }: Frame): Tensor {
  const [k, n] = [vectors.reduce((count, { shape }) => count + Number(shape[0]) / 3, 0), a.shape[1]];
  const axes = reshape(concat([a, b, c], 0), [1, 3, 3, n]);
  const components = sum(mul(reshape(concat(vectors, 0), [k, 1, 3, n]), axes), [2]); // [k, 3, n]
  return reshape(components, [3 * k, n]);
}

/**
 * Tensorization of a vector (Du et al. 2022, eq. 8): Σ_p coefficient_p e_p, which turns with the system.
 * @param coefficients scalars [3, n]
 * @returns vectors [3, n]
 */
export function tensorize(coefficients: Tensor, { a, b, c }: Frame): Tensor {
  const part = (axis: Tensor, p: number): Tensor => mul(slice(coefficients, 0, p, p + 1), axis);
  return add(add(part(a, 0), part(b, 1)), part(c, 2));
}

/**
 * Tensorization of several vectors at once.
 * @param coefficients scalars [3 · k, n]
 * @returns vectors [3 · k, n], x, y, z of one after the other
 */
export function tensorizeAll(coefficients: Tensor, { a, b, c }: Frame): Tensor {
  const [rows, n] = [Number(coefficients.shape[0]), a.shape[1]];
  const axes = reshape(concat([a, b, c], 0), [1, 3, 3, n]);
  const vectors = sum(mul(reshape(coefficients, [rows / 3, 3, 1, n]), axes), [1]); // [k, 3, n]
  return reshape(vectors, [rows, n]);
}
