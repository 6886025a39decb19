import { cross, dot, mul, stopGradient, sub, type Tensor } from '../tensor/index.js';
import { shorten, unit } from './vector.js';

/**
 * How a frame's axes are made from its two directions.
 * - `published`: every length divided by (length + 1), as in the code of Du et al. 2022: orthogonal axes, shorter
 *   than 1, smooth everywhere.
 * - `orthonormal`: axes of length 1, as in the paper's equations, wherever the two points are further apart than
 *   `DEGENERATE` and the line through them passes the centre at more than that. Elsewhere (coincident points,
 *   points in line with the centre, any system of two) the axes that have no direction fade to zero: no continuous
 *   equivariant choice exists there, and zero is the one that keeps every value and gradient finite.
 */
export type FrameForm = 'published' | 'orthonormal';

/** Three axes that turn with the system; each [3, n], x, y, z first. */
export interface Frame {
  /** Along a = x_i − x_j. */
  readonly a: Tensor;
  /** Along b = x_i × x_j: a pseudo-vector, which is how a network distinguishes a system from its mirror image. */
  readonly b: Tensor;
  /** a × b. */
  readonly c: Tensor;
}

/**
 * Below this length, in the unit of the coordinates, a direction counts as undefined in the orthonormal form. Float32
 * coordinates of size 1 leave 1e-7 of rounding, so a direction is good to 1e-4 where it just counts as defined.
 */
export const DEGENERATE = 1e-3;

/**
 * The local frame of every pair (Du et al. 2022, eq. 5): a = x_i − x_j, b = x_i × x_j, c = a × b.
 * @param xi positions [3, n] of the first points, relative to the centre of their system
 * @param xj positions [3, n] of the second points: the neighbour (edge frame), or the mean of the neighbours (node
 *   frame)
 */
export function pairFrame(xi: Tensor, xj: Tensor, form: FrameForm = 'published'): Frame {
  const difference = sub(xi, xj); // [3, n]
  if (form === 'orthonormal') return orthonormalFrame(difference, xi);
  const a = shorten(difference);
  const b = shorten(cross(xi, xj));
  return { a, b, c: cross(a, b) };
}

/**
 * The same directions at length 1. b is taken from a × x_i, which points along x_i × x_j: its length is the distance
 * at which the line through both points passes the centre, and close points lose no digits. Rounding may still leave
 * a little of a in b; that part, zero but for rounding, is taken out.
 */
function orthonormalFrame(difference: Tensor, xi: Tensor): Frame {
  const a = unit(difference, DEGENERATE);
  const nearlyB = unit(cross(a, xi), DEGENERATE);
  const b = sub(nearlyB, stopGradient(mul(a, dot(a, nearlyB))));
  return { a, b, c: cross(a, b) };
}
