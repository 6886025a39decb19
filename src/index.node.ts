/**
 * The first page of clofnet in Node: that of a page, and what needs files, threads and the native ONNX Runtime.
 *
 * @module clofnet
 */

export { type ConformerGenerator, openConformerGenerator, shippedConformerWeights } from './conformers/index.node.js';
export { readSafetensors, writeSafetensors } from './files/index.node.js';
export * from './index.js';
export { newtonRuns, readModelFile, shippedWeights, simulateParallel } from './newton/index.node.js';
export { openRuntime } from './runtime/index.node.js';
export { readTrained } from './trained/index.node.js';
export { readMetrics, resumeRun, startRun } from './training/index.node.js';
