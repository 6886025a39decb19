import { hornMatrix } from './alignment.js';
import { largestEigenvector } from './symmetric-eigen.js';

/** Below this slope, relative to the cube of the bound, rounding may move the root by more than 1e-11 of the bound. */
const FLAT = 1e-5;
/** Newton's steps towards a root that is not flat; eight are the rule. */
const MAX_STEPS = 60;

/**
 * The largest Σ_k y_k · R x_k over all proper rotations R of points x_k onto partners y_k, found without R: the
 * largest root of the characteristic polynomial of Horn's 4 × 4 matrix (Theobald 2005, Acta Cryst. A61, 478), by
 * Newton's method. The roots are all real, so that from a bound above them the steps come down to the largest one and
 * never pass it. Where that root is nearly a double one (points in line) the matrix is diagonalized instead.
 * With both sets about their means, the least squared distance is |x|² + |y|² − 2 × this.
 *
 * @param m Σ_k x_k y_kᵀ [3, 3], row after row
 * @param bound no less than the result: (|x|² + |y|²) / 2
 */
export function largestOverlap(m: Float64Array, bound: number): number {
  const [xx, xy, xz] = [m[0], m[1], m[2]];
  const [yx, yy, yz] = [m[3], m[4], m[5]];
  const [zx, zy, zz] = [m[6], m[7], m[8]];
  const square = xx * xx + xy * xy + xz * xz + yx * yx + yy * yy + yz * yz + zx * zx + zy * zy + zz * zz;
  const determinant = xx * (yy * zz - yz * zy) - xy * (yx * zz - yz * zx) + xz * (yx * zy - yy * zx);
  const c2 = -2 * square;
  const c1 = -8 * determinant;
  const c0 = square * square - 4 * minorSquares(m);
  const leastSlope = FLAT * bound * bound * bound;
  let root = bound;
  for (let step = 0; step < MAX_STEPS; step++) {
    const rr = root * root;
    const slope = (4 * rr + 2 * c2) * root + c1;
    if (!(slope > leastSlope)) return largestEigenvalue(m);
    const change = ((rr + c2) * rr + c1 * root + c0) / slope;
    root -= change;
    if (!(change > 1e-14 * bound)) return root;
  }
  return root;
}

function largestEigenvalue(m: Float64Array): number {
  const matrix = hornMatrix(m);
  const vector = largestEigenvector(matrix, 4);
  let value = 0;
  for (let p = 0; p < 4; p++) for (let q = 0; q < 4; q++) value += vector[p] * matrix[4 * p + q] * vector[q];
  return value;
}

/** The sum of the squares of all 2 × 2 minors: Σ_{i<j} σ_i² σ_j² of the singular values. */
function minorSquares(m: Float64Array): number {
  const [xx, xy, xz] = [m[0], m[1], m[2]];
  const [yx, yy, yz] = [m[3], m[4], m[5]];
  const [zx, zy, zz] = [m[6], m[7], m[8]];
  const a = yy * zz - yz * zy;
  const b = yx * zz - yz * zx;
  const c = yx * zy - yy * zx;
  const d = xy * zz - xz * zy;
  const e = xx * zz - xz * zx;
  const f = xx * zy - xy * zx;
  const g = xy * yz - xz * yy;
  const h = xx * yz - xz * yx;
  const i = xx * yy - xy * yx;
  return a * a + b * b + c * c + d * d + e * e + f * f + g * g + h * h + i * i;
}
