/**
 * clofnet for Node: all that runs anywhere, and what needs Node's files, threads and native ONNX Runtime.
 *
 * @packageDocumentation
 */

export {
  type ManifestFile,
  readDataset as readConformerDataset,
  writeDataset as writeConformerDataset,
} from './conformers/dataset/dataset-file.js';
export {
  type PreparedDataset,
  type PreparedSource,
  type PrepareOptions,
  prepareDataset,
} from './conformers/dataset/prepare-dataset.js';
export { readExclusions } from './conformers/dataset/read-exclusions.js';
export { EnsembleFile, type EnsembleFileOptions } from './conformers/ensembles/ensemble-file.js';
export { type MadeEnsemble, type MakeEnsemblesOptions, makeEnsembles } from './conformers/ensembles/make-ensembles.js';
export { type EvaluateParallelOptions, evaluateParallel } from './conformers/evaluation/evaluate-parallel.js';
export { type GeneratedResult, readGenerated } from './conformers/evaluation/read-generated.js';
export { type ReadReferencesOptions, readReferences } from './conformers/evaluation/read-references.js';
export {
  type ConformerGenerator,
  type GeneratorOptions,
  type GeneratorWeights,
  type MoleculeInput,
  openConformerGenerator,
} from './conformers/generation/open-generator.js';
export { shippedConformerWeights } from './conformers/network/shipped-weights.js';
export { type ReadResult as EnsembleResult, readEnsembles, readRecords } from './conformers/records/read-records.js';
export { type FinishedConformerRun, readFinishedConformerRun } from './conformers/training/finished-run.js';
export {
  type ConformerTrainResult,
  resumeConformerTraining,
  startConformerTraining,
} from './conformers/training/train.js';
export {
  buildConformerTrainingReport,
  type ConformerTrainingReportOptions,
} from './conformers/training/training-report-data.js';
export { type FileData, writeFileAtomic } from './files/atomic.js';
export { type ByteStreamOptions, byteStream } from './files/byte-stream.js';
export { readNpyFile, writeNpyFile } from './files/npy-file.js';
export { readSafetensors, writeSafetensors } from './files/safetensors-file.js';
export { type LoadedModel, readModelFile } from './models/read-model-file.js';
export { loadResources } from './molecules/open-chem-lib-node.js';
export { MoleculeWorkers, type ShapeOptions } from './molecules/shapes/molecule-workers.js';
export { datasetHash } from './newton/dataset-hash.js';
export { type FoundDataset, findDatasets, readDataset, readSplit } from './newton/dataset-read.js';
export { writeDataset } from './newton/dataset-write.js';
export { type NewtonRunDescription, readNewtonRun } from './newton/runs.js';
export { type ShippedModel, shippedWeights } from './newton/shipped-weights.js';
export { type ParallelOptions, simulateParallel } from './newton/simulate-parallel.js';
export { type NewtonTrainResult, resumeTraining, startTraining } from './newton/train.js';
export * from './portable.js';
export { openRuntime } from './runtime/node.js';
export { GradientPool, type PoolOptions } from './training/gradient-pool.js';
export { serveGradients } from './training/gradient-worker.js';
export type { RunOptions, RunStart, TrainResult } from './training/run.js';
export type { RunDescription } from './training/run-description.js';
export { readMetrics } from './training/run-folder.js';
