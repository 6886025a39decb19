/**
 * What runs the programs that `clofnet/tensor` compiles: ONNX Runtime, on a device.
 *
 * @module runtime
 */

export * from './index.js';
export { openRuntime } from './open-runtime.node.js';
