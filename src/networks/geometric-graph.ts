import type { GraphTensors } from '../graphs/index.js';
import { gather, mul, reshape, safeSqrt, sub, sum, type Tensor, transpose } from '../tensor/index.js';

/** A graph in space, as a backbone sees it; row k of every node tensor belongs to node k. */
export interface GeometricGraph {
  readonly graph: GraphTensors;
  /** Positions, [nodes, 3]. */
  readonly positions: Tensor;
  /** A vector at every node, along which it moves, [nodes, 3]. */
  readonly vectors: Tensor;
  /** A number at every node, [nodes, 1]; an edge sees the product of those at its ends. */
  readonly scalars: Tensor;
  /** A number at every edge, [1, edges], in the place of those products. */
  readonly edgeScalars?: Tensor;
  /** Vectors of whole graphs, by name, [graphs, 3] each. */
  readonly graphVectors: Readonly<Partial<Record<string, Tensor>>>;
  /** Further numbers at nodes, by name, [nodes, 1] each. */
  readonly nodeScalars?: Readonly<Partial<Record<string, Tensor>>>;
  /** Further vectors at nodes, by name, [nodes, 3] each. */
  readonly nodeVectors?: Readonly<Partial<Record<string, Tensor>>>;
}

/** Node vectors [nodes, 3] at the ends of edges, x, y, z first: [3, edges]. */
export const atEdges = (nodeVectors: Tensor, index: Tensor): Tensor => transpose(gather(nodeVectors, index)); // [3, edges]

/** x_i − x_j of every edge, [3, edges]; i receives, j sends. */
export const edgeDifferences = (nodeVectors: Tensor, { receivers, senders }: GraphTensors): Tensor =>
  sub(atEdges(nodeVectors, receivers), atEdges(nodeVectors, senders));

/** Further numbers at the nodes, [nodes, 1] each. */
export const scalarsNamed = ({ nodeScalars }: GeometricGraph, names: readonly string[]): Tensor[] =>
  names.map((name) => {
    const scalar = nodeScalars?.[name];
    if (!scalar) throw new Error(`the graph has no number named ${name} at its nodes`);
    return scalar;
  });

/** s_i s_j of every edge, or the numbers given in their place, [1, edges]. */
export function scalarProducts({ scalars, edgeScalars, graph }: GeometricGraph): Tensor {
  if (edgeScalars) return edgeScalars;
  const product = mul(gather(scalars, graph.receivers), gather(scalars, graph.senders)); // [edges, 1]
  return reshape(product, [1, 'edges']);
}

/** |v_i| of every node, [nodes, 1]. */
export const vectorLengths = ({ vectors }: GeometricGraph): Tensor =>
  safeSqrt(sum(mul(vectors, vectors), [1], { keepDims: true }));
