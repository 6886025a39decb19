import { type Frame, type FrameForm, pairFrame } from '../geometry/index.js';
import { gather, type Tensor, transpose } from '../tensor/index.js';
import { type GraphTensors, meanToReceivers } from './graph-tensors.js';

/**
 * The frame of every edge (Du et al. 2022, eq. 5), i being its receiver and j its sender: axes [3, edges].
 * @param x positions [nodes, 3], relative to the centre of their graph
 */
export function edgeFrame(x: Tensor, { senders, receivers }: GraphTensors, form: FrameForm = 'published'): Frame {
  return pairFrame(transpose(gather(x, receivers)), transpose(gather(x, senders)), form);
}

/**
 * The frame of every node: the recipe of the edge frame with the mean of the node's neighbours (those that send to
 * it) in the place of j: axes [3, nodes].
 *
 * A node without neighbours has the centre in that place, and in a complete graph the mean of the others lies
 * opposite the node as seen from the centre. In both the second direction does not exist and only the axis `a` is
 * left: node frames are for graphs with some structure, molecules above all.
 * @param x positions [nodes, 3], relative to the centre of their graph
 */
export function nodeFrame(x: Tensor, graph: GraphTensors, form: FrameForm = 'published'): Frame {
  const neighbours = meanToReceivers(gather(x, graph.senders), graph); // [nodes, 3]
  return pairFrame(transpose(x), transpose(neighbours), form);
}
