import type { Rng } from '../../random/generator.js';
import type { DistanceBounds } from './distance-bounds.js';

/** Rounds of the power iteration: distances are drawn at random, so directions need not be exact. */
const ROUNDS = 12;

/**
 * Positions [atoms, dimensions] whose distances are roughly ones drawn between the bounds, each on its own (Crippen and
 * Havel 1988): the leading eigenvectors of the metric matrix.
 */
export function embedRandomDistances(
  { lower, upper }: DistanceBounds,
  atoms: number,
  dimensions: number,
  rng: Rng,
): Float64Array {
  const squares = new Float64Array(atoms * atoms);
  for (let i = 0; i < atoms; i++) {
    for (let j = 0; j < i; j++) {
      const at = i * atoms + j;
      const distance = lower[at] + rng.uniform() * (upper[at] - lower[at]);
      squares[at] = squares[j * atoms + i] = distance * distance;
    }
  }
  return leadingVectors(metricMatrix(squares, atoms), atoms, dimensions, rng);
}

/** Products of the positions about their mean, from squared distances: −½ J D J. */
function metricMatrix(squares: Float64Array, atoms: number): Float64Array {
  const means = new Float64Array(atoms);
  for (let k = 0; k < squares.length; k++) means[Math.floor(k / atoms)] += squares[k] / atoms;
  const mean = means.reduce((sum, value) => sum + value, 0) / atoms;
  return squares.map((square, k) => (means[Math.floor(k / atoms)] + means[k % atoms] - mean - square) / 2);
}

/** Eigenvectors times the root of their eigenvalues, as columns of [atoms, dimensions]. */
function leadingVectors(matrix: Float64Array, atoms: number, dimensions: number, rng: Rng): Float64Array {
  const vectors: Float64Array[] = Array.from({ length: dimensions }, () => rng.fillNormal(new Float64Array(atoms)));
  const values = new Float64Array(dimensions);
  for (let round = 0; round < ROUNDS; round++) {
    for (let d = 0; d < dimensions; d++) {
      vectors[d] = multiply(matrix, vectors[d]);
      for (let e = 0; e < d; e++) subtractProjection(vectors[d], vectors[e]);
      values[d] = normalize(vectors[d]);
    }
  }
  const positions = new Float64Array(atoms * dimensions);
  for (let k = 0; k < positions.length; k++) {
    const d = k % dimensions;
    positions[k] = Math.sqrt(values[d]) * vectors[d][Math.floor(k / dimensions)];
  }
  return positions;
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * vector[j];
    result[i] = sum;
  }
  return result;
}

function subtractProjection(vector: Float64Array, onto: Float64Array): void {
  let share = 0;
  for (let k = 0; k < vector.length; k++) share += vector[k] * onto[k];
  for (let k = 0; k < vector.length; k++) vector[k] -= share * onto[k];
}

/** Sets the length to 1 and returns what it was; a vector of zeros stays. */
function normalize(vector: Float64Array): number {
  const length = Math.hypot(...vector);
  if (length > 0) for (let k = 0; k < vector.length; k++) vector[k] /= length;
  return length;
}
