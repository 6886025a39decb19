import { type Matrix3, rotationOf } from './rotation.js';
import { largestEigenvector } from './symmetric-eigen.js';

/** How to lay one set of points on another: x ↦ R (x − from) + to. */
export interface Alignment {
  /** The proper rotation R. */
  readonly rotation: Matrix3;
  /** The mean of the points that move. */
  readonly from: Float64Array;
  /** The mean of the points that stay. */
  readonly to: Float64Array;
}

/**
 * The rotation and translation that lay points on their partners with the least squared distance (Kabsch 1976), found
 * by Horn's quaternion (1987). Only proper rotations count: a set and its mirror image do not lie on each other.
 * Sets that leave the rotation open (coincident points, points in line) get one of the best rotations.
 * @param moving points [n, 3]; in any unit
 * @param fixed their partners [n, 3], in the same order
 * @throws RangeError for no points, or lists of different lengths
 */
export function align(moving: Float64Array, fixed: Float64Array): Alignment {
  if (moving.length !== fixed.length || moving.length === 0 || moving.length % 3 !== 0) {
    throw new RangeError(`cannot align ${moving.length / 3} points with ${fixed.length / 3}`);
  }
  const [from, to] = [centroid(moving), centroid(fixed)];
  const quaternion = largestEigenvector(hornMatrix(covariance(moving, from, fixed, to)), 4);
  return { rotation: rotationOf(quaternion), from, to };
}

/** The points [n, 3] where an alignment takes them. */
export function applyAlignment({ rotation: m, from, to }: Alignment, points: Float64Array): Float64Array {
  const result = new Float64Array(points.length);
  for (let k = 0; k < points.length; k += 3) {
    const [x, y, z] = [points[k] - from[0], points[k + 1] - from[1], points[k + 2] - from[2]];
    for (let row = 0; row < 3; row++) {
      result[k + row] = m[3 * row] * x + m[3 * row + 1] * y + m[3 * row + 2] * z + to[row];
    }
  }
  return result;
}

/** √ of the mean squared distance between points [n, 3] and their partners, as they lie. */
export function rmsd(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) throw new RangeError(`${a.length / 3} points and ${b.length / 3} have no RMSD`);
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k] - b[k]) ** 2;
  return a.length === 0 ? 0 : Math.sqrt(total / (a.length / 3));
}

/**
 * The RMSD that is left when one set of points [n, 3] is laid on the other as well as rotations and translations
 * can, in the unit of the points.
 * @throws RangeError for no points, or lists of different lengths
 */
export const alignmentRmsd = (a: Float64Array, b: Float64Array): number => rmsd(applyAlignment(align(a, b), a), b);

/** The mean of points [n, 3]. */
export function centroid(points: Float64Array): Float64Array {
  const mean = new Float64Array(3);
  for (let k = 0; k < points.length; k++) mean[k % 3] += points[k];
  return mean.map((sum) => (3 * sum) / points.length);
}

/** Σ of moving_p fixed_q over all points, each relative to its mean: [3, 3]. */
function covariance(moving: Float64Array, from: Float64Array, fixed: Float64Array, to: Float64Array): Float64Array {
  const sums = new Float64Array(9);
  for (let k = 0; k < moving.length; k += 3) {
    for (let p = 0; p < 3; p++) {
      const m = moving[k + p] - from[p];
      for (let q = 0; q < 3; q++) sums[3 * p + q] += m * (fixed[k + q] - to[q]);
    }
  }
  return sums;
}

/**
 * The symmetric matrix [4, 4] whose first eigenvector is the quaternion of the best rotation (Horn 1987, sec. 4).
 * @param covariance Σ of moving_p fixed_q [3, 3], row after row
 */
export function hornMatrix([xx, xy, xz, yx, yy, yz, zx, zy, zz]: Float64Array): Float64Array {
  const rows = [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ];
  return Float64Array.from(rows.flat());
}
