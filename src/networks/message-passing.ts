import { type GraphTensors, meanToReceivers } from '../graphs/index.js';
import type { MLP } from '../nn/index.js';
import { add, clamp, gather, matmul, type Tensor, transpose } from '../tensor/index.js';

/** What a layer passes on: where the nodes are and what is known of each. */
export interface NodeState {
  /** Positions, [nodes, 3]. */
  readonly x: Tensor;
  /** Features, [nodes, hidden]. */
  readonly h: Tensor;
}

/** No single message moves a node further than this along any axis. */
const MAX_SHIFT = 100;

/**
 * m_ij = φ(h_i, h_j, e_ij), with the first layer of φ taken apart: what depends on one node alone is computed once a
 * node instead of once an edge.
 * @param h node features [nodes, width]
 * @param pair what else is known of every edge, [k, edges]; φ takes 2·width + k inputs
 * @returns [edges, outputs of φ]; i receives, j sends
 */
export function messages(phi: MLP, h: Tensor, pair: Tensor, { senders, receivers }: GraphTensors): Tensor {
  const [first] = phi.layers;
  const width = Number(h.shape[1]);
  const [receiver, sender, edge] = first.split(width, width, first.inputs - 2 * width);
  const fromReceiver = gather(matmul(h, receiver, { transposeB: true, bias: first.bias }), receivers); // [edges, hidden]
  const fromSender = gather(matmul(h, sender, { transposeB: true }), senders); // [edges, hidden]
  const bias = add(fromReceiver, fromSender);
  return phi.afterFirst(matmul(pair, edge, { transposeA: true, transposeB: true, bias }));
}

/**
 * φ(h_i, m_i), with the first layer of φ taken apart in the same way.
 * @param h node features [nodes, width]
 * @param received what has arrived at every node, [nodes, k]; φ takes width + k inputs
 */
export function nodeUpdate(phi: MLP, h: Tensor, received: Tensor): Tensor {
  const [first] = phi.layers;
  const width = Number(h.shape[1]);
  const [own, other] = first.split(width, first.inputs - width);
  const bias = matmul(h, own, { transposeB: true, bias: first.bias }); // [nodes, hidden]
  return phi.afterFirst(matmul(received, other, { transposeB: true, bias }));
}

/** How far the messages move every node: the mean of the shifts [3, edges] that arrive at it, [nodes, 3]. */
export const displacement = (shifts: Tensor, graph: GraphTensors): Tensor =>
  meanToReceivers(transpose(clamp(shifts, -MAX_SHIFT, MAX_SHIFT)), graph);
