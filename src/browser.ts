/**
 * All of clofnet that runs in a page, for the ready bundle `dist/browser/clofnet.js`: the first page, ONNX Runtime for
 * the web, and each domain under its name.
 *
 * @module browser
 */

export * as common from './common/index.js';
export * as conformers from './conformers/index.js';
export * as files from './files/index.js';
export * as geometry from './geometry/index.js';
export * as graphs from './graphs/index.js';
export * from './index.js';
export * as molecules from './molecules/index.js';
export * as networks from './networks/index.js';
export * as newton from './newton/index.js';
export * as nn from './nn/index.js';
export * as random from './random/index.js';
export * as report from './report/index.js';
export * as tensor from './tensor/index.js';
export * as testing from './testing/index.js';
export * as trained from './trained/index.js';
export * as training from './training/index.js';
export * from './web.js';
