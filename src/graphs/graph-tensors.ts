import type { Feeds, Sizes } from '../runtime/index.js';
import {
  add,
  cast,
  constant,
  div,
  exp,
  expand,
  gather,
  type Input,
  input,
  maximum,
  mul,
  reshape,
  scatterAdd,
  scatterMax,
  stopGradient,
  sub,
  type Tensor,
} from '../tensor/index.js';
import { type Graph, nodeCounts, requireGraph } from './graph.js';

/** The arrays of a Graph as inputs of a program. */
export interface GraphTensors {
  /** int32 [edges] */
  readonly senders: Input;
  /** int32 [edges] */
  readonly receivers: Input;
  /** int32 [nodes]: the graph of each node */
  readonly graphOfNode: Input;
  /** int32 [graphs]: the number of nodes of each graph */
  readonly graphSizes: Input;
}

/** Declares a graph as input of a program, with the named axes `nodes` and `edges`. */
export const graphInputs = (): GraphTensors => ({
  senders: input('senders', ['edges'], 'int32'),
  receivers: input('receivers', ['edges'], 'int32'),
  graphOfNode: input('graph_of_node', ['nodes'], 'int32'),
  graphSizes: input('graph_sizes', ['graphs'], 'int32'),
});

/**
 * A graph as a running program wants it. One that was made by hand is checked first, once.
 * @throws RangeError as `createGraph`
 */
export function graphFeeds(graph: Graph): Feeds {
  const { senders, receivers, graphOfNode } = requireGraph(graph);
  return { senders, receivers, graph_of_node: graphOfNode, graph_sizes: nodeCounts(graph) };
}

/** The lengths of the named axes of a program for this graph. */
export const graphSizes = ({ nodes, graphs, senders }: Graph): Sizes => ({ nodes, graphs, edges: senders.length });

/**
 * Σ of edge values [edges, k] at their receivers: [nodes, k].
 * @param axis where the edges lie, default first; 1 for vectors, [3, edges, k] → [3, nodes, k]
 */
export const sumToReceivers = (values: Tensor, { receivers }: GraphTensors, axis = 0): Tensor =>
  scatterAdd(values, receivers, 'nodes', axis);

/** 1 / the number of edges that arrive at each node, [nodes, 1]; 1 for a node without any. */
export function inverseDegree({ receivers }: GraphTensors): Tensor {
  const degree = scatterAdd(expand(constant(1), ['edges', 1]), receivers, 'nodes');
  return div(1, maximum(degree, 1));
}

/** The number of nodes of every graph, float32 [graphs, 1]. */
const nodesOfGraphs = ({ graphSizes }: GraphTensors): Tensor => reshape(cast(graphSizes, 'float32'), ['graphs', 1]);

/** Σ of node values [nodes, k] over every graph: [graphs, k]. */
export const sumOverGraphs = (values: Tensor, graph: GraphTensors): Tensor =>
  // A program knows how many graphs there are from the sizes that it is fed: they have to take part.
  add(scatterAdd(values, graph.graphOfNode, 'graphs'), mul(nodesOfGraphs(graph), 0));

/** The mean of node values [nodes, k] over every graph: [graphs, k]. */
export const meanOverGraphs = (values: Tensor, graph: GraphTensors): Tensor =>
  div(scatterAdd(values, graph.graphOfNode, 'graphs'), nodesOfGraphs(graph));

/** The mean of node values [nodes, k] over each node's graph, given back to every node: [nodes, k]. */
export const graphMean = (values: Tensor, graph: GraphTensors): Tensor =>
  gather(meanOverGraphs(values, graph), graph.graphOfNode);

/** The mean of edge values [edges, k] at their receivers, [nodes, k]; 0 for a node without edges. */
export const meanToReceivers = (values: Tensor, graph: GraphTensors): Tensor =>
  mul(sumToReceivers(values, graph), inverseDegree(graph));

/**
 * Softmax of edge values [edges, k] over the edges that arrive at the same node: positive, summing to 1 at each node
 * that has edges. No exponential overflows: the largest value at each node is taken off first, which changes nothing.
 */
export function softmaxOverReceivers(values: Tensor, graph: GraphTensors): Tensor {
  const { receivers } = graph;
  const largest = gather(scatterMax(values, receivers, 'nodes'), receivers); // [edges, k]
  const powers = exp(sub(values, stopGradient(largest)));
  return div(powers, gather(sumToReceivers(powers, graph), receivers));
}
