/**
 * Conformers, with files and threads: made, evaluated and trained on in parallel, from and to data sets on a disk.
 *
 * @module conformers
 */

export { type ManifestFile, readDataset, writeDataset } from './dataset/dataset-file.node.js';
export {
  type PreparedDataset,
  type PreparedSource,
  type PrepareOptions,
  prepareDataset,
} from './dataset/prepare-dataset.node.js';
export { readExclusions } from './dataset/read-exclusions.node.js';
export { EnsembleFile, type EnsembleFileOptions } from './ensembles/ensemble-file.node.js';
export { type MadeEnsemble, type MakeEnsemblesOptions, makeEnsembles } from './ensembles/make-ensembles.node.js';
export { type EvaluateParallelOptions, evaluateParallel } from './evaluation/evaluate-parallel.node.js';
export { type GeneratedResult, readGenerated } from './evaluation/read-generated.node.js';
export { type ReadReferencesOptions, readReferences } from './evaluation/read-references.node.js';
export {
  type ConformerGenerator,
  type GeneratorOptions,
  type GeneratorWeights,
  type MoleculeInput,
  openConformerGenerator,
} from './generation/open-generator.node.js';
export * from './index.js';
export { shippedConformerWeights } from './networks/shipped-weights.node.js';
export { type ReadResult, readEnsembles, readRecords } from './records/read-records.node.js';
export { openConformerRuns } from './training/conformer-runs.node.js';
export { type FinishedConformerRun, readFinishedConformerRun } from './training/finished-run.node.js';
export { buildConformerTrainingReport } from './training/training-report-data.node.js';
export type {
  ConformerTrainingReportData,
  ConformerTrainingReportOptions,
  ReportedDataset,
  ReportedShapes,
} from './training/training-report-types.js';
