import type { NumpyRandom } from '../../random/numpy-random.js';

/** Where a trajectory starts, and what holds its bodies together. Vectors are component-major: all x, all y, all z. */
export interface InitialState {
  /** Positions [3, n]. */
  readonly loc: Float64Array;
  /** Velocities [3, n]. */
  readonly vel: Float64Array;
  /** Charges [n]; all 1 for springs; under mutual gravity the masses. */
  readonly charges: Float64Array;
  /** `[n, n]`: products of charges (the diagonal included), or 1 where a spring is and 0 where none is. */
  readonly edges: Float64Array;
}

/** What acts on a body: its charge, and those that it is joined to. */
export type Bodies = Pick<InitialState, 'charges' | 'edges'>;

/** So many standard normals, one after the other. */
export const drawNormals = (count: number, random: NumpyRandom): Float64Array =>
  Float64Array.from({ length: count }, () => random.normal());

/** `[n, n]`: the product of every two charges. */
export function outerProduct(charges: Float64Array): Float64Array {
  const bodies = charges.length;
  const products = new Float64Array(bodies * bodies);
  for (let i = 0; i < bodies; i++) for (let j = 0; j < bodies; j++) products[i * bodies + j] = charges[i] * charges[j];
  return products;
}
