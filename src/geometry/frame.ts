import { sub, type Tensor } from '../tensor/index.js';
import { cross, shorten, unit } from './vector.js';

/**
 * How a frame's axes are made from its two directions.
 * - `published`: every length divided by (length + 1), as in the code of Du et al. 2022: orthogonal axes, shorter
 *   than 1, smooth everywhere.
 * - `orthonormal`: axes of length 1 wherever the two directions are longer than ε, as in the paper's equations.
 *   Where they are not (coincident points, points in line with the centre), the axes that have no direction
 *   shrink to zero: no continuous equivariant choice exists there, and zero is the one that keeps every value and
 *   gradient finite.
 */
export type FrameForm = 'published' | 'orthonormal';

/** Three axes that turn with the system; each [3, n], x, y, z first. */
export interface Frame {
  /** Along a = x_i − x_j. */
  readonly a: Tensor;
  /** Along b = x_i × x_j: a pseudo-vector, which is how a network comes to tell a system from its mirror image. */
  readonly b: Tensor;
  /** a × b. */
  readonly c: Tensor;
}

/** Below this length (in the unit of the coordinates) a direction counts as undefined in the orthonormal form. */
export const DEGENERATE = 1e-4;

/**
 * The local frame of every pair (Du et al. 2022, eq. 5): a = x_i − x_j, b = x_i × x_j, c = a × b.
 * @param xi positions [3, n] of the first points, relative to the centre of their system
 * @param xj positions [3, n] of the second points: the neighbour (edge frame), or the mean of the neighbours (node frame)
 */
export function pairFrame(xi: Tensor, xj: Tensor, form: FrameForm = 'published'): Frame {
  const axis = (v: Tensor): Tensor => (form === 'published' ? shorten(v) : unit(v, DEGENERATE));
  const a = axis(sub(xi, xj)); // [3, n]
  const b = axis(cross(xi, xj)); // [3, n]
  return { a, b, c: cross(a, b) };
}
