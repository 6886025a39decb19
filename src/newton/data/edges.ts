import { UserError } from '../../common/errors.js';
import { kindNamed } from '../system/kinds.js';
import { namedSet } from './set-name.js';
import type { TrajectorySet } from './trajectory-set.js';

/*
 * A number for every ordered pair of different bodies: 1 for a spring, 0 for none, or the product of their charges.
 * Files hold n × n matrices; networks get the edges of complete graphs, the rows of the matrices without the diagonal.
 */

/** Matrices [k, n, n] as edges [k, n (n − 1)]: (0, 1), (0, 2), …, (1, 0), (1, 2), …; the first of a pair receives. */
export function edgesOfMatrices(matrices: ArrayLike<number>, bodies: number): Float32Array {
  const edges = new Float32Array(bodies === 0 ? 0 : (matrices.length / bodies) * (bodies - 1));
  let edge = 0;
  for (let k = 0; k < matrices.length; k++) {
    const [row, column] = [Math.floor(k / bodies) % bodies, k % bodies];
    if (row !== column) edges[edge++] = matrices[k];
  }
  return edges;
}

/** Edges [n (n − 1)] of one system as a matrix [n, n], the diagonal 0. */
export function matrixOfEdges(edges: ArrayLike<number>, bodies: number): Float64Array {
  const matrix = new Float64Array(bodies * bodies);
  let edge = 0;
  for (let k = 0; k < matrix.length; k++) if (Math.floor(k / bodies) !== k % bodies) matrix[k] = edges[edge++];
  return matrix;
}

/** The products of the charges of pairs, as edges: what networks see where they are given no numbers. */
export function productEdges(charges: ArrayLike<number>, sizes: readonly number[]): Float32Array {
  const edges = new Float32Array(sizes.reduce((sum, size) => sum + size * (size - 1), 0));
  let [edge, first] = [0, 0];
  for (const size of sizes) {
    for (let i = first; i < first + size; i++)
      for (let j = first; j < first + size; j++) if (i !== j) edges[edge++] = charges[i] * charges[j];
    first += size;
  }
  return edges;
}

/** Whether the numbers of pairs say more than their charges do. */
export function hasOwnEdges({ bodies, charges, edges }: Pick<TrajectorySet, 'bodies' | 'charges' | 'edges'>): boolean {
  return edges.some((value, k) => {
    const row = Math.floor(k / bodies); // of all trajectories
    const [i, j] = [row % bodies, k % bodies];
    return i !== j && value !== charges[row] * charges[row - i + j];
  });
}

/**
 * Networks that see of a pair but the product of its charges learn nothing of springs.
 * @param name of a set; of sets without a published name, nothing is known
 * @throws UserError for such a network on a set of springs
 */
export function requireVisibleEdges(name: string, seen: 'products' | 'given' | undefined): void {
  const { kind } = namedSet(name);
  if (seen !== 'products' || !kind || !kindNamed(kind).ownEdges) return;
  throw new UserError(
    `which bodies of ${name} are joined stands in its edges_ files, which the network does not see: ` +
      'it sees the products of charges',
    { remedy: { setting: 'model.edges', value: 'given' } },
  );
}
