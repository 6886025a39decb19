/**
 * What runs the programs that `clofnet/tensor` compiles: ONNX Runtime, on a device. `openRuntime` opens one in Node,
 * `openWebRuntime` of `clofnet/web` in a page.
 *
 * @module runtime
 */

export { type NodeDevice, nodeDevices, parseDevice } from './devices.js';
export type { Device, Executable, Feeds, OpenOptions, Runtime, Sizes, Values } from './runtime.js';
