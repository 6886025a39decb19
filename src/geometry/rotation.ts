import type { Rng } from '../random/generator.js';

/** A 3 × 3 matrix, row after row: a rotation or a reflection. */
export type Matrix3 = Float64Array;

/** The rotation of a quaternion [w, x, y, z], which need not have length 1. */
export function rotationOf([w, x, y, z]: ArrayLike<number> & Iterable<number>): Matrix3 {
  const s = 2 / (w * w + x * x + y * y + z * z);
  const row = (...values: number[]): number[] => values;
  return Float64Array.from([
    ...row(1 - s * (y * y + z * z), s * (x * y - w * z), s * (x * z + w * y)),
    ...row(s * (x * y + w * z), 1 - s * (x * x + z * z), s * (y * z - w * x)),
    ...row(s * (x * z - w * y), s * (y * z + w * x), 1 - s * (x * x + y * y)),
  ]);
}

/** A rotation drawn from all rotations alike (uniform on SO(3)): four normals point in a uniform direction. */
export const randomRotation = (rng: Rng): Matrix3 => rotationOf(rng.fillNormal(new Float64Array(4)));

/** The mirror image in the plane through the origin at a right angle to an axis: 0 is x, 1 is y, 2 is z. */
export function reflection(axis: 0 | 1 | 2 = 0): Matrix3 {
  const matrix = Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  matrix[4 * axis] = -1;
  return matrix;
}

/** The rows of a matrix as its columns: of a rotation, the way back. */
export const transposed = (matrix: Matrix3): Matrix3 => matrix.map((_, k) => matrix[3 * (k % 3) + Math.floor(k / 3)]);

/** M v for every vector v of a list [n, 3]; computed in double precision and returned as what was given. */
export function applyRotation<A extends Float32Array | Float64Array>(matrix: Matrix3, vectors: A): A {
  const result = vectors.slice() as A;
  for (let k = 0; k < vectors.length; k += 3) {
    for (let row = 0; row < 3; row++) {
      const [at, m] = [3 * row, matrix];
      result[k + row] = m[at] * vectors[k] + m[at + 1] * vectors[k + 1] + m[at + 2] * vectors[k + 2];
    }
  }
  return result;
}
