/**
 * The first page of clofnet in Node: that of a page, and what needs files, threads and the native ONNX Runtime.
 *
 * @module clofnet
 */

export { type ConformerGenerator, openConformerGenerator, shippedConformerWeights } from './conformers/index.node.js';
export { readSafetensors, writeSafetensors } from './files/index.node.js';
export * from './index.js';
export { readModelFile, resumeTraining, shippedWeights, simulateParallel, startTraining } from './newton/index.node.js';
export { openRuntime } from './runtime/index.node.js';
export { readTrained } from './trained/index.node.js';
