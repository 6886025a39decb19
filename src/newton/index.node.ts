/**
 * Many-body mechanics, with files and threads: data sets in folders, simulation and training in parallel, reports.
 *
 * @module newton
 */

export { datasetHash } from './data/dataset-hash.node.js';
export { type FoundDataset, findDatasets, readDataset, readDescription, readSplit } from './data/dataset-read.node.js';
export { writeDataset } from './data/dataset-write.node.js';
export { findTrajectoryFiles, readTrajectories, type TrajectoryFiles } from './data/trajectory-files.node.js';
export * from './index.js';
export { type LoadedModel, readModelFile } from './networks/read-model-file.node.js';
export { buildNewtonReport, type ReportOptions, type TestData } from './report/report-data.node.js';
export type {
  ErrorSummary,
  Limit,
  LongPredictions,
  NewtonReportData,
  ReportRun,
  ReportSystem,
  RolledRun,
  SystemPrediction,
} from './report/report-types.js';
export { type ParallelOptions, simulateParallel } from './simulation/simulate-parallel.node.js';
export { type FinishedNewtonRun, readFinishedNewtonRun } from './training/finished-run.node.js';
export { newtonRuns } from './training/newton-runs.node.js';
export { type ShippedExperiment, type ShippedModel, shippedWeights } from './training/shipped-weights.node.js';
