/**
 * Graphs: who sees whom, batches of them, sums at their nodes.
 *
 * @module graphs
 */

export { batchGraphs } from './batch.js';
export { edgeFrame, nodeFrame } from './frames.js';
export { completeGraphs, createGraph, type Graph, nodeCounts } from './graph.js';
export {
  type GraphTensors,
  graphFeeds,
  graphInputs,
  graphMean,
  graphSizes,
  meanToReceivers,
  softmaxOverReceivers,
  sumToReceivers,
} from './graph-tensors.js';
export { requireIndices } from './indices.js';
export {
  type NeighbourGraph,
  type NeighbourGraphOptions,
  type NeighbourOptions,
  type Neighbours,
  neighbourGraph,
  neighbours,
} from './neighbours.js';
