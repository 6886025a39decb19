/**
 * Reports, each one HTML file that needs nothing else. Their data come from `clofnet/newton` and `clofnet/conformers`.
 *
 * @module report
 */

export { conformerReport } from './conformers/report.js';
export { conformerTrainingReport } from './conformers/training-report.js';
export { newtonReport } from './newton/report.js';
