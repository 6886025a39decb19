import { completeGraphs, createGraph, type Graph, neighbourGraph } from '../../graphs/index.js';

/** Which bodies a network sees as pairs. */
export interface GraphRule {
  /** Those that are nearer than this; default all of a system. */
  readonly cutoff?: number;
  /** Each pair once, the later body sending to the earlier one, and not both ways; default false. */
  readonly once?: boolean;
}

/**
 * The graphs of systems, side by side: every body sends to every other one, or to those alone that are nearer than a
 * cutoff. With a cutoff the work grows with the number of bodies, not with its square. Edges are sorted by receiver, then
 * by sender.
 * @param sizes the number of bodies of each system
 * @param positions [bodies, 3]; of no meaning without a cutoff
 */
export function systemGraph(
  sizes: readonly number[],
  positions: Float32Array,
  { cutoff, once = false }: GraphRule = {},
): Graph {
  const graph = cutoff === undefined ? completeGraphs(sizes) : neighbourGraph(sizes, positions, { cutoff });
  if (!once) return graph;
  const { nodes, senders, receivers, graphOfNode } = graph;
  const kept = Array.from(receivers.keys()).filter((edge) => receivers[edge] < senders[edge]);
  const take = (ends: Int32Array) => Int32Array.from(kept, (edge) => ends[edge]);
  return createGraph(nodes, take(senders), take(receivers), Int32Array.from(graphOfNode));
}

/** Which of all ordered pairs, in the order of complete graphs, the edges of a graph are; undefined where they are all. */
export function pairsOfGraph(
  { senders, receivers, graphOfNode }: Graph,
  sizes: readonly number[],
  { cutoff, once = false }: GraphRule = {},
): Int32Array | undefined {
  if (cutoff === undefined && !once) return undefined;
  const starts = startsOf(sizes);
  return receivers.map((receiver, edge) => {
    const system = graphOfNode[receiver];
    const [i, j] = [receiver - starts[system].node, senders[edge] - starts[system].node];
    return starts[system].pair + i * (sizes[system] - 1) + (j < i ? j : j - 1);
  });
}

/** The numbers of a graph's edges out of those of all ordered pairs. @param pairs from {@link pairsOfGraph} */
export const takePairs = (numbers: Float32Array, pairs: Int32Array | undefined): Float32Array =>
  pairs ? Float32Array.from(pairs, (pair) => numbers[pair]) : numbers;

/** The number of the first body and of the first pair of each system. */
function startsOf(sizes: readonly number[]): { readonly node: number; readonly pair: number }[] {
  let [node, pair] = [0, 0];
  return sizes.map((size) => {
    const start = { node, pair };
    [node, pair] = [node + size, pair + size * (size - 1)];
    return start;
  });
}
