/** Jacobi's method converges quadratically: a 4 × 4 matrix takes four or five sweeps. */
const MAX_SWEEPS = 30;

/** Eigenvalues in no order, and their eigenvectors, of length 1 and orthogonal, [n, n], one a row. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.
 * @param symmetric the matrix [n, n], row after row
 */
export function symmetricEigen(symmetric: Float64Array, n: number): SymmetricEigen {
  const a = symmetric.slice();
  const vectors = new Float64Array(n * n); // row k becomes the k-th eigenvector
  for (let k = 0; k < n; k++) vectors[k * n + k] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotated = annihilate(a, vectors, n, p, q) || rotated;
    }
    if (!rotated) break;
  }
  return { values: Float64Array.from({ length: n }, (_, k) => a[k * n + k]), vectors };
}

/**
 * The eigenvector of the largest eigenvalue of a small symmetric matrix. Where that eigenvalue occurs more than once it
 * is one of its eigenvectors; for a matrix of zeros, the first axis.
 * @param symmetric the matrix [n, n], row after row
 * @returns a vector of length 1
 */
export function largestEigenvector(symmetric: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(symmetric, n);
  let best = 0;
  for (let k = 1; k < n; k++) if (values[k] > values[best]) best = k;
  return vectors.slice(best * n, best * n + n);
}

/** Turns the axes p and q such that a[p, q] becomes 0; false where it is nothing beside the diagonal. */
function annihilate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): boolean {
  const [pp, qq, pq] = [a[p * n + p], a[q * n + q], a[p * n + q]];
  if (!(Math.abs(pq) > 1e-17 * (Math.abs(pp) + Math.abs(qq)))) return false;
  const theta = (qq - pp) / (2 * pq);
  const tan = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(tan * tan + 1);
  const sin = tan * cos;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, cos, sin);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, cos, sin);
  for (let k = 0; k < n; k++) turn(vectors, p * n + k, q * n + k, cos, sin);
  return true;
}

function turn(values: Float64Array, i: number, j: number, cos: number, sin: number): void {
  const [x, y] = [values[i], values[j]];
  values[i] = cos * x - sin * y;
  values[j] = sin * x + cos * y;
}
