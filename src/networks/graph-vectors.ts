import { z } from 'zod';
import { scalarize } from '../geometry/index.js';
import { cross, gather, mul, safeSqrt, sum, type Tensor, transpose } from '../tensor/index.js';
import type { EdgeGeometry } from './edge-scalars.js';
import { atEdges, type GeometricGraph } from './geometric-graph.js';

/*
 * What a network makes of further vectors: of whole graphs, such as external fields, or of single nodes, such as spins.
 * They are scalarized on the frames of edges and turn with the graph. What they do to a node directly is a vector of
 * that node: a vector g pulls along g, as gravity does; a pseudo-vector b, as a magnetic field is one, moves a node of
 * vector v along v × b and, in the second order, along (v × b) × b.
 */

/** How a vector behaves in a mirror: a pseudo-vector also turns around there. */
export type VectorKind = 'vector' | 'pseudo-vector';

/** A vector that a network gets as an input. */
export interface GraphVector {
  readonly name: string;
  readonly kind: VectorKind;
  /** Whose it is: of whole graphs (default), or of each node. */
  readonly of?: 'graphs' | 'nodes';
}

/** The option of networks that says which vectors of the graph they get. @param names those that there are */
export const graphVectorsOption = <Vector extends string>(names: readonly Vector[]) =>
  z
    .array(z.enum(names))
    .refine((given) => new Set(given).size === given.length, 'expected every field once')
    .describe('ClofNet, propagator: the external fields that the network gets as inputs.')
    .default([]);

/** That option. */
export type GraphVectorsOption<Vector extends string> = ReturnType<typeof graphVectorsOption<Vector>>;

const columnNames = z
  .array(z.string().min(1))
  .refine((given) => new Set(given).size === given.length, 'expected every column once');

/** The options of networks that get further columns of nodes. */
export const columnOptions = {
  scalars: columnNames
    .describe('ClofNet, propagator: further columns of one number a body, as features: mass.')
    .default([]),
  vectors: columnNames
    .describe('ClofNet, propagator: further columns of one vector a body, which turn with it: spin.')
    .default([]),
};

/** The vectors that a network gets: some of those that graphs have, and columns of nodes. */
export const vectorsNamed = <Vector extends string>(
  kinds: Readonly<Record<Vector, VectorKind>>,
  fields: readonly Vector[] = [],
  columns: readonly string[] = [],
): GraphVector[] => [
  ...fields.map((name) => ({ name, kind: kinds[name] })),
  ...columns.map((name) => ({ name, kind: 'vector', of: 'nodes' }) as const),
];

/** The vector at every node, [nodes, 3]. */
function atNodes({ graphVectors, nodeVectors, graph }: GeometricGraph, { name, of }: GraphVector): Tensor {
  const vector = of === 'nodes' ? nodeVectors?.[name] : graphVectors[name];
  if (!vector) throw new Error(`the graph has no vector named ${name}`);
  return of === 'nodes' ? vector : gather(vector, graph.graphOfNode);
}

const nodeCross = (a: Tensor, b: Tensor): Tensor => transpose(cross(transpose(a), transpose(b))); // [nodes, 3]

/** How many vectors {@link drifts} gives. */
export const driftCount = (vectors: readonly GraphVector[]): number =>
  vectors.reduce((total, { kind }) => total + (kind === 'vector' ? 1 : 2), 0);

/** The vectors along which these move nodes directly, [nodes, 3] each. */
export const drifts = (given: GeometricGraph, vectors: readonly GraphVector[]): Tensor[] =>
  vectors.flatMap((vector) => {
    const own = atNodes(given, vector);
    if (vector.kind === 'vector') return [own];
    const across = nodeCross(given.vectors, own);
    return [across, nodeCross(across, own)];
  });

const rowDot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), [1], { keepDims: true }); // [nodes, 1]

/** How many numbers {@link nodeScalars} gives of a node. */
export const nodeScalarCount = (vectors: readonly GraphVector[]): number => 2 * vectors.length;

/** The length of every vector at every node: [nodes, 1] each. */
export const graphVectorLengths = (given: GeometricGraph, vectors: readonly GraphVector[]): Tensor[] =>
  vectors.map((vector) => {
    const own = atNodes(given, vector);
    return safeSqrt(rowDot(own, own));
  });

/** The length of every vector and its product with the one that nodes move along, v·g: [nodes, 1] each. */
export const nodeScalars = (given: GeometricGraph, vectors: readonly GraphVector[]): Tensor[] =>
  graphVectorLengths(given, vectors).flatMap((length, k) => [
    length,
    rowDot(given.vectors, atNodes(given, vectors[k])),
  ]);

/** The ends of an edge at which a vector has components: both, where it differs from node to node. */
const endsOf = ({ of }: GraphVector) =>
  of === 'nodes' ? (['receivers', 'senders'] as const) : (['receivers'] as const);

/** How many numbers {@link edgeComponents} gives of an edge. */
export const edgeComponentCount = (vectors: readonly GraphVector[]): number =>
  vectors.reduce((total, vector) => total + 3 * endsOf(vector).length, 0);

/** The components of every vector on the frames of edges, `edgeComponentCount` rows in all; none without vectors. */
export function edgeComponents(
  { frame }: EdgeGeometry,
  given: GeometricGraph,
  vectors: readonly GraphVector[],
): Tensor[] {
  const atEnds = vectors.flatMap((vector) =>
    endsOf(vector).map((end) => atEdges(atNodes(given, vector), given.graph[end])),
  ); // [3, edges] each
  return atEnds.length === 0 ? [] : [scalarize(atEnds, frame)];
}
