/**
 * ONNX Runtime in browsers, as WebAssembly or on WebGPU. The package `onnxruntime-web` is to be installed beside clofnet.
 *
 * @module web
 */

export {
  openWebRuntime,
  type WebDevice,
  type WebRuntime,
  type WebRuntimeOptions,
  webDevices,
} from './runtime/web.js';
