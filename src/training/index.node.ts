/**
 * Training, with files and threads: gradients on worker threads, run folders.
 *
 * @module training
 */

export { readComparedRun } from './compared-run.node.js';
export { type EnsuredRun, ensureRun } from './ensure-run.node.js';
export { type FinishedRun, readFinishedRun } from './finished-run.node.js';
export { GradientPool, onThreads, type PoolOptions } from './gradient-pool.node.js';
export * from './index.js';
export type { RunOptions, TrainResult } from './run.node.js';
export { readMetrics, readRunDescription } from './run-folder.node.js';
export type { UpdateMemory } from './shared-update.js';
export { type LoadedData, type RunStart, type RunTrainee, resumeRun, startRun } from './start-run.node.js';
