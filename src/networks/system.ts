import { type GraphTensors, graphInputs } from '../graphs/index.js';
import { gather, input, mul, reshape, safeSqrt, sub, sum, type Tensor, transpose } from '../tensor/index.js';

/** Vector fields that act on a whole system, given as inputs that turn with it. */
export const fieldNames = ['gravity', 'magnetic'] as const;
/** The name of a field that acts on all bodies. */
export type FieldName = (typeof fieldNames)[number];

/** A many-body system as inputs of a program; row k of every node tensor belongs to body k. */
export interface SystemTensors {
  readonly graph: GraphTensors;
  /** Positions, [nodes, 3]. */
  readonly positions: Tensor;
  /** Velocities, [nodes, 3]. */
  readonly velocities: Tensor;
  /** Charges, [nodes, 1]. */
  readonly charges: Tensor;
  /** The fields that the network knows of: one vector a system, [graphs, 3]. */
  readonly fields: Readonly<Partial<Record<FieldName, Tensor>>>;
}

/** Declares a system as input of a program. */
export function systemInputs(fields: readonly FieldName[] = []): SystemTensors {
  return {
    graph: graphInputs(),
    positions: input('positions', ['nodes', 3]),
    velocities: input('velocities', ['nodes', 3]),
    charges: input('charges', ['nodes', 1]),
    fields: Object.fromEntries(fields.map((name) => [name, input(name, ['graphs', 3])])),
  };
}

/** Node vectors [nodes, 3] at the ends of edges, x, y, z first: [3, edges]. */
export const atEdges = (nodeVectors: Tensor, index: Tensor): Tensor => transpose(gather(nodeVectors, index)); // [3, edges]

/** x_i − x_j of every edge, [3, edges]; i receives, j sends. */
export const edgeDifferences = (nodeVectors: Tensor, { receivers, senders }: GraphTensors): Tensor =>
  sub(atEdges(nodeVectors, receivers), atEdges(nodeVectors, senders));

/** q_i q_j of every edge, [1, edges]. */
export function chargeProducts({ charges, graph }: SystemTensors): Tensor {
  const product = mul(gather(charges, graph.receivers), gather(charges, graph.senders)); // [edges, 1]
  return reshape(product, [1, 'edges']);
}

/** |v_i| of every body, [nodes, 1]. */
export const speeds = ({ velocities }: SystemTensors): Tensor =>
  safeSqrt(sum(mul(velocities, velocities), [1], { keepDims: true }));
