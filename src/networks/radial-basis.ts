import { add, clamp, constant, div, mul, sin, sqrt, sum, type Tensor } from '../tensor/index.js';

/** Keeps the lengths of edges from 0, and their slopes finite; in squares of the unit of length. */
const TINY = 1e-8;

/** The lengths of edges, and their directions. */
export interface EdgeDirections {
  /** [edges, 1] */
  readonly distances: Tensor;
  /** Of length 1, [edges, 3]. */
  readonly directions: Tensor;
}

/** @param vectors [edges, 3] */
export function edgeDirections(vectors: Tensor): EdgeDirections {
  const distances = sqrt(add(sum(mul(vectors, vectors), [1], { keepDims: true }), TINY));
  return { distances, directions: div(vectors, distances) };
}

/**
 * 1 at 0 and 0 at the cutoff and beyond, where its first two derivatives vanish too: the polynomial
 * 1 − 28 x⁶ + 48 x⁷ − 21 x⁸ (Gasteiger et al. 2020, arXiv 2003.03123, eq. 8, p = 6).
 * @param distances [edges, 1]
 */
export function smoothCutoff(distances: Tensor, cutoff: number): Tensor {
  const x = clamp(mul(distances, 1 / cutoff), 0, 1);
  const square = mul(x, x);
  const sixth = mul(mul(square, square), square);
  return add(1, mul(sixth, add(-28, mul(x, add(48, mul(x, -21))))));
}

/**
 * What the network sees of distances: sin(kπ d / c) / d for k = 1 … count (Gasteiger et al. 2020, eq. 7), times
 * {@link smoothCutoff}: [edges, count].
 * @param distances [edges, 1]
 */
export function radialBasis(distances: Tensor, cutoff: number, count: number): Tensor {
  const frequencies = Array.from({ length: count }, (_, k) => ((k + 1) * Math.PI) / cutoff);
  const waves = sin(mul(distances, constant(frequencies, [1, count])));
  return mul(waves, div(smoothCutoff(distances, cutoff), distances));
}
