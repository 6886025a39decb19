import { add, div, dot, maximum, mul, sqrt, sub, type Tensor } from '../tensor/index.js';

/**
 * Keeps the slope of √ finite at 0, and the slope of that slope within float32. A length of 1e-10 is below anything
 * that float32 coordinates can resolve.
 */
const TINY = 1e-20;

/** |v| of vectors stored as [3, n], as [1, n]. At v = 0 the value is 1e-10 and the gradient 0. */
export const norm = (v: Tensor): Tensor => sqrt(add(dot(v, v), TINY));

/** v / (|v| + 1): the published way to shorten a vector, smooth at 0. */
export const shorten = (v: Tensor): Tensor => div(v, add(norm(v), 1));

/**
 * Vectors [3, n] at length 1 wherever |v| ≥ ε. Below it they fade to 0 as v/|v| · t²(3 − 2t) with t = |v|/ε: value
 * and slope are continuous everywhere, at most 1 and 1.5/ε. Where rounding alone makes a direction (|v| ≈ 1e-7 where
 * there should be 0) the result is about (1e-7/ε)², not that random direction blown up.
 */
export function unit(v: Tensor, epsilon: number): Tensor {
  const length = norm(v); // [1, n]
  const divisor = maximum(length, epsilon);
  const t = div(length, divisor);
  return mul(v, div(mul(t, sub(3, mul(2, t))), divisor));
}
