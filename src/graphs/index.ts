export { completeGraphs, createGraph, type Graph } from './graph.js';
export {
  type GraphTensors,
  graphFeeds,
  graphInputs,
  graphMean,
  graphSizes,
  inverseDegree,
  meanToReceivers,
  sumToReceivers,
} from './graph-tensors.js';
