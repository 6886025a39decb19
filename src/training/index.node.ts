/**
 * Training, with files and threads: gradients on worker threads, run folders.
 *
 * @module training
 */

export { GradientPool, type PoolOptions } from './gradient-pool.node.js';
export { serveGradients } from './gradient-worker.node.js';
export * from './index.js';
export type { RunOptions, RunStart, TrainResult } from './run.node.js';
export type { RunConfig, RunDescription } from './run-description.js';
export { readMetrics } from './run-folder.node.js';
export type { UpdateMemory } from './shared-update.js';
