import { add, concat, dot, mul, slice, type Tensor } from '../tensor/index.js';
import type { Frame } from './frame.js';

/**
 * Scalarization of a vector (Du et al. 2022, eq. 6): its components (v·a, v·b, v·c) on a frame, which do not change
 * when the system turns.
 * @param v vectors [3, n]
 * @returns scalars [3, n]
 */
export const scalarize = (v: Tensor, { a, b, c }: Frame): Tensor => concat([dot(v, a), dot(v, b), dot(v, c)], 0);

/**
 * Tensorization of a vector (Du et al. 2022, eq. 8): Σ_p coefficient_p e_p, which turns with the system.
 * @param coefficients scalars [3, n]
 * @returns vectors [3, n]
 */
export function tensorize(coefficients: Tensor, { a, b, c }: Frame): Tensor {
  const part = (axis: Tensor, p: number): Tensor => mul(slice(coefficients, 0, p, p + 1), axis);
  return add(add(part(a, 0), part(b, 1)), part(c, 2));
}
