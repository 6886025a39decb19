export { createRuntime, type OrtModule } from './onnx-runtime.js';
export type { Device, Executable, Feeds, OpenOptions, Runtime, Sizes, Values } from './runtime.js';
export { disagreement, selfCheck } from './self-check.js';
