import { type Graph, requireGraph, trusted } from './graph.js';

/**
 * Graphs side by side as one: the nodes of each follow those of the one before, and so do its edges and the numbers
 * of its graphs. Batches of batches work too. Arrays of node values are joined in the same order.
 * @throws RangeError as `createGraph`, for a graph that was not made by it
 */
export function batchGraphs(graphs: readonly Graph[]): Graph {
  const total = (of: (graph: Graph) => number): number => graphs.reduce((sum, graph) => sum + of(graph), 0);
  const [nodes, edges] = [total((graph) => graph.nodes), total((graph) => graph.senders.length)];
  const batch = {
    nodes,
    graphs: total((graph) => graph.graphs),
    senders: new Int32Array(edges),
    receivers: new Int32Array(edges),
    graphOfNode: new Int32Array(nodes),
  };
  let [node, edge, graph] = [0, 0, 0];
  for (const part of graphs) {
    requireGraph(part);
    place(part.senders, batch.senders, edge, node);
    place(part.receivers, batch.receivers, edge, node);
    place(part.graphOfNode, batch.graphOfNode, node, graph);
    node += part.nodes;
    edge += part.senders.length;
    graph += part.graphs;
  }
  return trusted(batch);
}

/** Copies numbers to a place in a longer list, raised by `shift`. */
function place(from: Int32Array, to: Int32Array, at: number, shift: number): void {
  for (let k = 0; k < from.length; k++) to[at + k] = from[k] + shift;
}
