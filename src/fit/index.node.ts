/**
 * Your own quantities, with files and threads: geometries out of files, training runs, their evaluation, trajectories.
 *
 * @module fit
 */

export {
  findGeometryFiles,
  type ReadGeometriesOptions,
  readGeometries,
  streamGeometries,
} from './data/read-geometries.node.js';
export { readIndices } from './data/read-indices.node.js';
export { buildFitReport, type FitReportOptions } from './evaluation/report-data.node.js';
export type { FitReportData, ReportedTarget } from './evaluation/report-types.js';
export * from './index.js';
export { MotionFile, type MotionFileOptions } from './motion/motion-file.node.js';
export { openFitted } from './network/open-fitted.node.js';
export { openPotential } from './network/open-potential.node.js';
export { type FinishedFitRun, geometriesOfRun, partOfRun, readFinishedFitRun } from './training/finished-run.node.js';
export { type FitGeometries, fitRuns, fitRunsOn, readFitGeometries } from './training/fit-runs.node.js';
