/**
 * What runs the programs that `clofnet/tensor` compiles: ONNX Runtime, on a device.
 *
 * @packageDocumentation
 */

export * from './index.js';
export { openRuntime } from './open-runtime.node.js';
