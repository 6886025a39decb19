import type { Rng } from '../../random/generator.js';
import { edgesOfMatrices } from '../data/edges.js';
import { type BodyColumns, columnInputs, type FieldName } from './system.js';
import type { SystemBatch } from './system-batch.js';

/** What {@link randomSystems} draws. */
export interface RandomSystemOptions {
  /** External fields to draw, one vector of normals a system. */
  readonly fields?: readonly FieldName[];
  /** Further columns to draw, of normals. */
  readonly columns?: BodyColumns;
  /** Whether to join every pair of bodies with probability ½, the number of an edge being 1 or 0. */
  readonly edges?: boolean;
  /** Standard deviation of every coordinate; default (bodies/5)^(1/3), the density of the published systems. */
  readonly spread?: number;
  /** Length of the velocities; default 0.5. */
  readonly speed?: number;
}

/**
 * Random charged bodies: normal positions, velocities of one length in random directions, charges of ±1.
 * @param sizes the number of bodies of each system
 */
export function randomSystems(
  rng: Rng,
  sizes: readonly number[],
  { fields = [], columns, edges = false, spread, speed = 0.5 }: RandomSystemOptions = {},
): SystemBatch {
  const bodies = sizes.reduce((sum, size) => sum + size, 0);
  const positions = sizes.flatMap((size) => [
    ...rng.fillNormal(new Float64Array(3 * size), 0, spread ?? Math.cbrt(size / 5)),
  ]);
  return {
    sizes,
    positions: Float32Array.from(positions),
    velocities: directions(rng, bodies).map((component) => speed * component),
    charges: Float32Array.from({ length: bodies }, () => (rng.uniform() < 0.5 ? -1 : 1)),
    fields: Object.fromEntries(fields.map((name) => [name, rng.fillNormal(new Float32Array(3 * sizes.length))])),
    ...(columns && {
      columns: Object.fromEntries(
        columnInputs(columns).map(({ feed, width }) => [feed, rng.fillNormal(new Float32Array(width * bodies))]),
      ),
    }),
    ...(edges && { edges: Float32Array.from(sizes.flatMap((size) => [...randomEdges(rng, size)])) }),
  };
}

/** Vectors of length 1, [n, 3], each direction alike. */
function directions(rng: Rng, n: number): Float32Array {
  const vectors = rng.fillNormal(new Float32Array(3 * n));
  for (let k = 0; k < vectors.length; k += 3) {
    const length = Math.hypot(...vectors.subarray(k, k + 3));
    for (let axis = 0; axis < 3; axis++) vectors[k + axis] /= length;
  }
  return vectors;
}

/** Edges of a system, each the same both ways, [n (n − 1)]. */
function randomEdges(rng: Rng, size: number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i] = rng.uniform() < 0.5 ? 0 : 1;
  }
  return edgesOfMatrices(matrix, size);
}
