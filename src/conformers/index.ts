// What the package exports of conformers.
export { boltzmannWeights } from './dataset/boltzmann.js';
export {
  type Dataset as ConformerDataset,
  type DatasetManifest,
  type DatasetOrigin,
  decodeDataset,
  encodeDataset,
  ensemblesOf,
  type SplitName,
} from './dataset/dataset.js';
export { type Ensemble, type TheoryLevel, theoryLevels } from './dataset/ensemble.js';
export { mergeEnsembles } from './dataset/merge-ensembles.js';
export { moleculeSplitter, type SplitShares } from './dataset/split-molecules.js';
export { ensembleLine, failureLine, type LineOrigin } from './ensembles/ensemble-line.js';
export { type EnsembleOptions, makeEnsemble, type NoEnsemble } from './ensembles/make-ensemble.js';
export {
  type Average,
  type CoverageScores,
  type CoverageSummary,
  coverageScores,
  type MatchScores,
  type NearestConformers,
  nearestConformers,
  summarizeCoverage,
} from './evaluation/coverage.js';
export { type DistanceMmd, distanceMmd, maximumMeanDiscrepancy } from './evaluation/distance-mmd.js';
export { type EvaluateOptions, evaluatePairs } from './evaluation/evaluate.js';
export type {
  ConformerCost,
  Evaluation as ConformerEvaluation,
  EvaluationOptions as ConformerEvaluationOptions,
  EvaluationPair,
  MoleculeEvaluation,
} from './evaluation/evaluation.js';
export { type GeneratedSource, matchGenerated } from './evaluation/generated-source.js';
export { GeneratedMatcher, type GeneratedRecord } from './evaluation/match-generated.js';
export { coverageProtocols } from './evaluation/protocols.js';
export { buildConformerReport, type ConformerReportOptions } from './evaluation/report-data.js';
export type { ConformerReportData } from './evaluation/report-types.js';
export type { ConformerMaker, PlainRequest, RequestStream } from './generation/conformer-maker.js';
export {
  type ConformerForm,
  formatConformer,
  formatPath,
  type RecordOrigin,
  type RecordProperties,
  recordProperties,
} from './generation/conformer-record.js';
export { generateConformers } from './generation/generate.js';
export type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generation/generated.js';
export { type LocalGenerateOptions, type LocalGenerator, openLocalGenerator } from './generation/local-generator.js';
export { type LocalMakerOptions, localMaker } from './generation/local-maker.js';
export { conformerFindings } from './making/conformer-findings.js';
export { type IsomerChoice, isomerChoices } from './making/isomer-choice.js';
export type { FailedConformer, MadeConformer } from './making/made-conformer.js';
export { type MakingOptions, type MakingSettings, makingSettings } from './making/making-settings.js';
export { supportedElements } from './making/supported-elements.js';
export {
  type ConformerNetwork,
  type ConformerNetworkConfig,
  type ConformerWeights,
  conformerNetwork,
  decodeConformerWeights,
  scoreDenoiser,
} from './networks/conformer-network.js';
export {
  compileDenoiser,
  type NetworkForm,
  type OpenDenoiser,
  openDenoiser,
  scoreOf,
} from './networks/denoiser-run.js';
export { type Learned, learnedFrom, levelFor, unlearnedElements } from './networks/learned.js';
export type { ScoreFunction } from './networks/score-function.js';
export { openScorer, type Scorer } from './networks/scorer.js';
export type { EnsembleRecord, RecordResult } from './records/ensemble-record.js';
export { type ConformerFault, type FittedRecord, fitRecord } from './records/fit-record.js';
export type { MoleculeFilter } from './records/record-filter.js';
export { annealedLangevin } from './sampling/langevin.js';
export { type SamplingMethods, type StartName, samplingMethods } from './sampling/methods.js';
export { type NoiseLevelOptions, noiseLevels } from './sampling/noise-levels.js';
export { type NoiseSource, noiseOfStreams, recordedNoise } from './sampling/noise-source.js';
export { predictorCorrector } from './sampling/predictor-corrector.js';
export { karrasLevels, type ProbabilityFlowOptions, probabilityFlow } from './sampling/probability-flow.js';
export type { ByStart, Sampler, SamplerOption, SamplingContext, SamplingPlan } from './sampling/sampler.js';
export type { SamplingOptions, SamplingStep } from './sampling/sampling.js';
export type { PathPoint } from './sampling/sampling-path.js';
export { callsOf, samplingPlan } from './sampling/sampling-plan.js';
export type { Start } from './starts/start.js';
export { startShape } from './starts/start-shape.js';
export {
  type ConformerConfig,
  conformerConfigSchema,
  type ScoreMatchingConfig,
  scoreConfigSchema,
} from './training/config.js';
export { type NoiseError, noiseErrors } from './training/noise-errors.js';
export {
  compileScoreMatching,
  type NoisedMolecules,
  scoreMatchingLosses,
} from './training/score-matching.js';
