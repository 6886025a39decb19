import type { Graph } from '../../graphs/index.js';

/** Moves the mean of every molecule's atoms to the origin: positions [nodes · 3], changed in place. */
export function recentre(
  positions: Float32Array,
  { graphOfNode, graphs }: Pick<Graph, 'graphOfNode' | 'graphs'>,
): void {
  const means = new Float64Array(3 * graphs);
  const counts = new Int32Array(graphs);
  for (const [node, graph] of graphOfNode.entries()) {
    counts[graph]++;
    for (let axis = 0; axis < 3; axis++) means[3 * graph + axis] += positions[3 * node + axis];
  }
  for (const [node, graph] of graphOfNode.entries())
    for (let axis = 0; axis < 3; axis++) positions[3 * node + axis] -= means[3 * graph + axis] / counts[graph];
}

/** Positions [atoms · 3] with their mean taken away. */
export function centred(positions: Float32Array): Float32Array {
  const mean = [0, 0, 0];
  for (let k = 0; k < positions.length; k++) mean[k % 3] += (3 * positions[k]) / positions.length;
  return positions.map((value, k) => value - mean[k % 3]);
}
