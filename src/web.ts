/**
 * clofnet for browsers: all that runs anywhere, and ONNX Runtime as WebAssembly or on WebGPU. The package
 * `onnxruntime-web` is to be installed beside it.
 *
 * @packageDocumentation
 */

export * from './portable.js';
export {
  openWebRuntime,
  type WebDevice,
  type WebRuntime,
  type WebRuntimeOptions,
  webDevices,
} from './runtime/web.js';
