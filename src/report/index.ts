/**
 * Reports, each one self-contained HTML file. Their data come from `clofnet/newton`, `clofnet/conformers` and `clofnet/fit`.
 *
 * @module report
 */

export { comparisonReport } from './comparison/report.js';
export type { ComparisonReportData } from './comparison/report-data.js';
export { conformerReport } from './conformers/report.js';
export { conformerTrainingReport } from './conformers/training-report.js';
export { fitReport } from './fit/report.js';
export { newtonReport } from './newton/report.js';
