/**
 * clofnet for Node: all that runs anywhere, and what needs Node's files, threads and native ONNX Runtime.
 *
 * @packageDocumentation
 */

export {
  type ManifestFile,
  readDataset as readConformerDataset,
  writeDataset as writeConformerDataset,
} from './conformers/dataset/dataset-file.node.js';
export {
  type PreparedDataset,
  type PreparedSource,
  type PrepareOptions,
  prepareDataset,
} from './conformers/dataset/prepare-dataset.node.js';
export { readExclusions } from './conformers/dataset/read-exclusions.node.js';
export { EnsembleFile, type EnsembleFileOptions } from './conformers/ensembles/ensemble-file.node.js';
export {
  type MadeEnsemble,
  type MakeEnsemblesOptions,
  makeEnsembles,
} from './conformers/ensembles/make-ensembles.node.js';
export { type EvaluateParallelOptions, evaluateParallel } from './conformers/evaluation/evaluate-parallel.node.js';
export { type GeneratedResult, readGenerated } from './conformers/evaluation/read-generated.node.js';
export { type ReadReferencesOptions, readReferences } from './conformers/evaluation/read-references.node.js';
export {
  type ConformerGenerator,
  type GeneratorOptions,
  type GeneratorWeights,
  type MoleculeInput,
  openConformerGenerator,
} from './conformers/generation/open-generator.node.js';
export { shippedConformerWeights } from './conformers/networks/shipped-weights.node.js';
export {
  type ReadResult as EnsembleResult,
  readEnsembles,
  readRecords,
} from './conformers/records/read-records.node.js';
export { type FinishedConformerRun, readFinishedConformerRun } from './conformers/training/finished-run.node.js';
export {
  type ConformerTrainResult,
  resumeConformerTraining,
  startConformerTraining,
} from './conformers/training/train.node.js';
export {
  buildConformerTrainingReport,
  type ConformerTrainingReportOptions,
} from './conformers/training/training-report-data.node.js';
export { type FileData, writeFileAtomic } from './files/atomic.node.js';
export { type ByteStreamOptions, byteStream } from './files/byte-stream.node.js';
export { readNpyFile, writeNpyFile } from './files/npy-file.node.js';
export { readSafetensors, writeSafetensors } from './files/safetensors-file.node.js';
export { loadResources } from './molecules/open-chem-lib.node.js';
export { MoleculeWorkers, type ShapeOptions } from './molecules/shapes/molecule-workers.node.js';
export { datasetHash } from './newton/data/dataset-hash.node.js';
export { type FoundDataset, findDatasets, readDataset, readSplit } from './newton/data/dataset-read.node.js';
export { writeDataset } from './newton/data/dataset-write.node.js';
export { type LoadedModel, readModelFile } from './newton/networks/read-model-file.node.js';
export { type ParallelOptions, simulateParallel } from './newton/simulation/simulate-parallel.node.js';
export { type NewtonRunDescription, readNewtonRun } from './newton/training/runs.node.js';
export { type ShippedModel, shippedWeights } from './newton/training/shipped-weights.node.js';
export { type NewtonTrainResult, resumeTraining, startTraining } from './newton/training/train.node.js';
export * from './portable.js';
export { openRuntime } from './runtime/open-runtime.node.js';
export { readTrained } from './trained/read-trained.node.js';
export { GradientPool, type PoolOptions } from './training/gradient-pool.node.js';
export { serveGradients } from './training/gradient-worker.node.js';
export type { RunOptions, RunStart, TrainResult } from './training/run.node.js';
export type { RunDescription } from './training/run-description.js';
export { readMetrics } from './training/run-folder.node.js';
