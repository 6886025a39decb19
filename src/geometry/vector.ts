import { add, cross, div, dot, maximum, sqrt, type Tensor } from '../tensor/index.js';

export { cross, dot };

/** Keeps the slope of √ finite at 0; below anything that float32 coordinates can resolve. */
const TINY = 1e-30;

/** |v| of vectors stored as [3, n], as [1, n]. At v = 0 the value is 1e-15 and the gradient 0. */
export const norm = (v: Tensor): Tensor => sqrt(add(dot(v, v), TINY));

/** v / (|v| + 1): the published way to shorten a vector, smooth at 0. */
export const shorten = (v: Tensor): Tensor => div(v, add(norm(v), 1));

/**
 * v / max(|v|, ε): of length 1 wherever |v| ≥ ε, shrinking linearly to 0 below it, so that value and
 * gradient stay finite where a direction does not exist.
 */
export const unit = (v: Tensor, epsilon: number): Tensor => div(v, maximum(norm(v), epsilon));
