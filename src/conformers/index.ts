/**
 * Conformers: made by networks from a SMILES, evaluated against references, and the networks and samplers behind it.
 *
 * @module conformers
 */

export {
  type Dataset,
  type DatasetManifest,
  type DatasetOrigin,
  decodeDataset,
  encodeDataset,
  ensemblesOf,
  type SplitName,
} from './dataset/dataset.js';
export { type Ensemble, type TheoryLevel, theoryLevels } from './dataset/ensemble.js';
export type { SplitShares } from './dataset/split-molecules.js';
export { ensembleLine, failureLine, type LineOrigin } from './ensembles/ensemble-line.js';
export type { EnsembleOptions, NoEnsemble } from './ensembles/make-ensemble.js';
export type {
  Average,
  CoverageScores,
  CoverageSummary,
  MatchScores,
  NearestConformers,
} from './evaluation/coverage.js';
export type { DistanceMmd } from './evaluation/distance-mmd.js';
export { type EvaluateOptions, evaluatePairs } from './evaluation/evaluate.js';
export type {
  ConformerCost,
  Evaluation,
  EvaluationCounts,
  EvaluationOptions,
  EvaluationPair,
  GeneratedConformers,
  MoleculeEvaluation,
} from './evaluation/evaluation.js';
export {
  type GeneratedSource,
  type Matched,
  type MatchOptions,
  matchGenerated,
} from './evaluation/generated-source.js';
export type { InternalDistribution } from './evaluation/internal-distributions.js';
export type { GeneratedRecord } from './evaluation/match-generated.js';
export { buildConformerReport, type ConformerReportOptions } from './evaluation/report-data.js';
export type { ConformerReportData, MatchedPair, MoleculeOverlay } from './evaluation/report-types.js';
export type { ConformerMaker, PlainRequest, RequestStream } from './generation/conformer-maker.js';
export {
  formatConformer,
  formatPath,
  type RecordOrigin,
  recordProperties,
} from './generation/conformer-record.js';
export { generateConformers } from './generation/generate.js';
export type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generation/generated.js';
export { type LocalGenerateOptions, type LocalGenerator, openLocalGenerator } from './generation/local-generator.js';
export { type LocalMakerOptions, localMaker } from './generation/local-maker.js';
export type { MolecularGraph } from './graphs/molecular-graph.js';
export type { MoleculeBatch } from './graphs/molecule-batch.js';
export { conformerFindings } from './making/conformer-findings.js';
export { type IsomerChoice, isomerChoices } from './making/isomer-choice.js';
export type { FailedConformer, MadeConformer, MakingResult } from './making/made-conformer.js';
export { type MakingOptions, type MakingSettings, makingSettings } from './making/making-settings.js';
export { supportedElements } from './making/supported-elements.js';
export {
  type BondGraph,
  type BondGraphTensors,
  batchBondGraphs,
  bondGraphFeeds,
  bondGraphInputs,
} from './networks/bond-graph.js';
export type {
  ConformerNetwork,
  ConformerNetworkConfig,
  ConformerWeights,
} from './networks/conformer-network.js';
export { decodeConformerWeights } from './networks/conformer-weights.js';
export { Denoiser, type DenoiserOptions } from './networks/denoiser.js';
export {
  type DenoiserConfig,
  type DenoiserFile,
  decodeDenoiserFile,
  encodeDenoiserFile,
} from './networks/denoiser-file.js';
export { compileDenoiser, type NetworkForm, type OpenDenoiser, openDenoiser } from './networks/denoiser-run.js';
export { type Learned, learnedFrom, levelFor, unlearnedElements } from './networks/learned.js';
export { type CentreTensors, type MoleculeTensors, moleculeInputs } from './networks/molecule-tensors.js';
export {
  decodeScoreNetworkFile,
  encodeScoreNetworkFile,
  type ScoreNetworkConfig,
  type ScoreNetworkFile,
} from './networks/score-file.js';
export type { ScoreFunction } from './networks/score-function.js';
export { ScoreNetwork, type ScoreNetworkOptions, type ScoreOptions } from './networks/score-network.js';
export { openScorer, type Scorer } from './networks/scorer.js';
export type { EnsembleRecord, RecordResult } from './records/ensemble-record.js';
export { type ConformerFault, type FittedRecord, fitRecord } from './records/fit-record.js';
export { moleculeFormats } from './records/formats.js';
export type { MoleculeFilter } from './records/record-filter.js';
export { annealedLangevin } from './sampling/langevin.js';
export { type SamplerOptionName, type SamplingMethods, type StartName, samplingMethods } from './sampling/methods.js';
export { type NoiseLevelOptions, noiseLevels } from './sampling/noise-levels.js';
export { type NoiseSource, noiseOfStreams } from './sampling/noise-source.js';
export { predictorCorrector } from './sampling/predictor-corrector.js';
export { karrasLevels, type ProbabilityFlowOptions, probabilityFlow } from './sampling/probability-flow.js';
export type {
  ByStart,
  SampledMolecules,
  Sampler,
  SamplerOption,
  SamplingContext,
  SamplingPlan,
} from './sampling/sampler.js';
export type { SamplingOptions, SamplingStep } from './sampling/sampling.js';
export type { PathPoint } from './sampling/sampling-path.js';
export { callsOf, type SamplingChoices, samplingPlan } from './sampling/sampling-plan.js';
export type { ShapeOf, Start } from './starts/start.js';
export { startShape } from './starts/start-shape.js';
export { conformerConfigSchema, type DenoisingConfig } from './training/denoiser-trainee.js';
export type { ConformerConfig, ConformerNetworkRecord, ConformerTrainee } from './training/network-record.js';
export type { NoiseError } from './training/noise-errors.js';
export { type ScoreMatchingConfig, scoreConfigSchema } from './training/score-trainee.js';
export type { SharedSet, SharedSplits } from './training/shared-set.js';
export type { ConformerTask } from './training/task.js';
