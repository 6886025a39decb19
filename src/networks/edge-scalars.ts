import { type Frame, type FrameForm, norm, pairFrame, scalarize } from '../geometry/index.js';
import { add, div, dot, mul, safeSqrt, slice, sub, type Tensor } from '../tensor/index.js';
import { atEdges, type GeometricGraph, scalarProducts } from './geometric-graph.js';

/** The geometry of every edge; i receives, j sends. */
export interface EdgeGeometry {
  /** Positions of the receivers relative to the centre, [3, edges]. */
  readonly xi: Tensor;
  /** Positions of the senders relative to the centre, [3, edges]. */
  readonly xj: Tensor;
  readonly frame: Frame;
  /** |x_i − x_j|², [1, edges]. */
  readonly squaredDistance: Tensor;
}

/** @param x positions relative to the centre, [nodes, 3] */
export function edgeGeometry(x: Tensor, { graph }: GeometricGraph, form: FrameForm): EdgeGeometry {
  const [xi, xj] = [atEdges(x, graph.receivers), atEdges(x, graph.senders)]; // [3, edges]
  const difference = sub(xi, xj);
  return { xi, xj, frame: pairFrame(xi, xj, form), squaredDistance: dot(difference, difference) };
}

/** Scalarization: what a network learns of an edge, in numbers that do not change when the graph turns. */
export interface EdgeScalars {
  /** How many numbers an edge has. */
  readonly width: number;
  /** The numbers, [k, edges] each, `width` rows in all. */
  rows(edge: EdgeGeometry, given: GeometricGraph): Tensor[];
}

/** Keeps cos finite for nodes at the centre. */
const EPSILON = 1e-5;

/** Scalars [3, n] of the two ends of an edge → sin and cos of the angle between them, each [1, n]. */
export function angle(si: Tensor, sj: Tensor): [sin: Tensor, cos: Tensor] {
  const cos = div(div(dot(si, sj), add(norm(si), EPSILON)), add(norm(sj), EPSILON));
  return [safeSqrt(sub(1, mul(cos, cos))), cos];
}

/** The angle between the two positions, and the components of vectors on the edge's frame, the positions first. */
function directions({ xi, xj, frame }: EdgeGeometry, others: readonly Tensor[] = []): Tensor[] {
  const scalars = scalarize([xi, xj, ...others], frame); // [6 + 3 · others, edges]
  return [...angle(slice(scalars, 0, 0, 3), slice(scalars, 0, 3, 6)), scalars];
}

/** The vectors of both ends of an edge, [3, edges] each. */
const vectorPair = ({ graph, vectors }: GeometricGraph): Tensor[] =>
  [graph.receivers, graph.senders].map((end) => atEdges(vectors, end));

/** Product of scalars, squared distance and positions. */
export const positionScalars: EdgeScalars = {
  width: 10,
  rows: (edge, given) => [scalarProducts(given), edge.squaredDistance, ...directions(edge)],
};

/** Product of scalars, squared distance, positions and vectors. */
export const vectorScalars: EdgeScalars = {
  width: 16,
  rows: (edge, given) => [scalarProducts(given), edge.squaredDistance, ...directions(edge, vectorPair(given))],
};

/** Positions and vectors; for networks that learn of scalars and distance elsewhere. */
export const directionScalars: EdgeScalars = {
  width: 14,
  rows: (edge, given) => directions(edge, vectorPair(given)),
};
