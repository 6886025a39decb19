import { requireIndices } from './indices.js';

/**
 * One graph, or several side by side, as plain arrays.
 * An edge e carries a message from node senders[e] to node receivers[e].
 */
export interface Graph {
  /** The number of nodes. */
  readonly nodes: number;
  /** The number of graphs (systems, molecules). */
  readonly graphs: number;
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  /** The graph that each node belongs to, in ascending order. */
  readonly graphOfNode: Int32Array;
}

/**
 * A graph, checked.
 * @param graphOfNode the graph of each node, for several graphs side by side: 0, 0, …, 1, 1, …
 * @throws RangeError if an edge names a node that does not exist or joins nodes of two graphs, or if the numbers of
 *   the graphs do not ascend from 0 without a gap
 */
export function createGraph(
  nodes: number,
  senders: Int32Array,
  receivers: Int32Array,
  graphOfNode = new Int32Array(nodes),
): Graph {
  return requireGraph({ nodes, graphs: (graphOfNode.at(-1) ?? -1) + 1, senders, receivers, graphOfNode });
}

/** Graphs that were checked, or are right by the way they are made. */
const checked = new WeakSet<Graph>();

/** A graph that is right by the way it is made: it needs no check. */
export function trusted(graph: Graph): Graph {
  checked.add(graph);
  return graph;
}

/** Checks a graph that somebody made, once. @throws RangeError as {@link createGraph} */
export function requireGraph(graph: Graph): Graph {
  if (checked.has(graph)) return graph;
  const { nodes, graphs, senders, receivers, graphOfNode } = graph;
  if (senders.length !== receivers.length)
    throw new RangeError(`${senders.length} senders but ${receivers.length} receivers`);
  if (graphOfNode.length !== nodes)
    throw new RangeError(`graphOfNode has ${graphOfNode.length} entries for ${nodes} nodes`);
  requireIndices(senders, 'senders', nodes, 'nodes');
  requireIndices(receivers, 'receivers', nodes, 'nodes');
  requireAscending(graphOfNode);
  if ((graphOfNode.at(-1) ?? -1) + 1 !== graphs)
    throw new RangeError(`graphOfNode has ${(graphOfNode.at(-1) ?? -1) + 1} graphs, not ${graphs}`);
  for (let edge = 0; edge < senders.length; edge++) {
    if (graphOfNode[senders[edge]] === graphOfNode[receivers[edge]]) continue;
    const ends = `${senders[edge]} and ${receivers[edge]}`;
    throw new RangeError(`edge ${edge} joins nodes ${ends}, which are in different graphs`);
  }
  return trusted(graph);
}

function requireAscending(graphOfNode: Int32Array): void {
  let before = -1;
  for (let at = 0; at < graphOfNode.length; at++) {
    const graph = graphOfNode[at];
    if (graph !== before + 1 && (graph !== before || at === 0))
      throw new RangeError(`graphOfNode must ascend from 0 without gaps, but graphOfNode[${at}] is ${graph}`);
    before = graph;
  }
}

/** The number of nodes of each graph. */
export function nodeCounts({ graphs, graphOfNode }: Graph): Int32Array {
  const counts = new Int32Array(graphs);
  for (const graph of graphOfNode) counts[graph]++;
  return counts;
}

/**
 * Complete graphs without self loops, side by side: every node of a system sends to every other one.
 * Edges are sorted by receiver, then by sender.
 * @param sizes the number of nodes of each system
 */
export function completeGraphs(sizes: readonly number[]): Graph {
  const bad = sizes.findIndex((size) => !Number.isInteger(size) || size < 1);
  if (bad >= 0) throw new RangeError(`system ${bad} has ${sizes[bad]} nodes, expected a positive integer`);
  const edges = sizes.reduce((total, size) => total + size * (size - 1), 0);
  const nodes = sizes.reduce((total, size) => total + size, 0);
  const [senders, receivers, graphOfNode] = [new Int32Array(edges), new Int32Array(edges), new Int32Array(nodes)];
  let [first, edge] = [0, 0];
  for (const [graph, size] of sizes.entries()) {
    graphOfNode.fill(graph, first, first + size);
    for (let i = first; i < first + size; i++) {
      for (let j = first; j < first + size; j++) {
        if (i === j) continue;
        receivers[edge] = i;
        senders[edge++] = j;
      }
    }
    first += size;
  }
  return trusted({ nodes, graphs: sizes.length, senders, receivers, graphOfNode });
}
