import { completeGraphs, createGraph, type Graph } from '../../graphs/index.js';
import { CellList } from '../system/cell-list.js';

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
  const graph = cutoff === undefined ? completeGraphs(sizes) : nearGraph(sizes, positions, cutoff);
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

function nearGraph(sizes: readonly number[], positions: Float32Array, cutoff: number): Graph {
  const bodies = sizes.reduce((sum, size) => sum + size, 0);
  const senders: number[] = [];
  const receivers: number[] = [];
  const graphOfNode = new Int32Array(bodies);
  let first = 0;
  for (const [system, size] of sizes.entries()) {
    graphOfNode.fill(system, first, first + size);
    const neighbours = neighboursWithin(cutoff, positions.subarray(3 * first, 3 * (first + size)));
    for (const [receiver, near] of neighbours.entries()) {
      for (const sender of near.sort((a, b) => a - b)) {
        receivers.push(first + receiver);
        senders.push(first + sender);
      }
    }
    first += size;
  }
  return createGraph(bodies, Int32Array.from(senders), Int32Array.from(receivers), graphOfNode);
}

/** The bodies that are nearer to each body than the cutoff. @param x positions of one system, [bodies, 3] */
function neighboursWithin(cutoff: number, x: Float32Array): number[][] {
  const bodies = x.length / 3;
  const cells = new CellList(bodies, cutoff);
  cells.fill(Float64Array.from(x, (_, k) => x[3 * (k % bodies) + Math.floor(k / bodies)]));
  const neighbours = Array.from({ length: bodies }, (): number[] => []);
  const candidates = new Int32Array(bodies);
  for (let i = 0; i < bodies; i++) {
    const count = cells.near(i, candidates);
    for (const j of candidates.subarray(0, count)) {
      const square =
        (x[3 * i] - x[3 * j]) ** 2 + (x[3 * i + 1] - x[3 * j + 1]) ** 2 + (x[3 * i + 2] - x[3 * j + 2]) ** 2;
      if (square >= cutoff * cutoff) continue;
      neighbours[i].push(j);
      neighbours[j].push(i);
    }
  }
  return neighbours;
}

/** The number of the first body and of the first pair of each system. */
function startsOf(sizes: readonly number[]): { readonly node: number; readonly pair: number }[] {
  let [node, pair] = [0, 0];
  return sizes.map((size) => {
    const start = { node, pair };
    [node, pair] = [node + size, pair + size * (size - 1)];
    return start;
  });
}
