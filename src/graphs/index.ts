export { batchGraphs } from './batch.js';
export { edgeFrame, nodeFrame } from './frames.js';
export { completeGraphs, createGraph, type Graph, nodeCounts } from './graph.js';
export {
  type GraphTensors,
  graphFeeds,
  graphInputs,
  graphMean,
  graphSizes,
  inverseDegree,
  meanToReceivers,
  softmaxOverReceivers,
  sumToReceivers,
} from './graph-tensors.js';
export { requireIndices } from './indices.js';
