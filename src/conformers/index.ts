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
export { type GeneratedSource, type GenerateFor, matchGenerated } from './evaluation/generated-source.js';
export { GeneratedMatcher, type GeneratedRecord } from './evaluation/match-generated.js';
export { coverageProtocols } from './evaluation/protocols.js';
export { buildConformerReport, type ConformerReportOptions } from './evaluation/report-data.js';
export type { ConformerReportData } from './evaluation/report-types.js';
export {
  type ConformerForm,
  formatConformer,
  formatPath,
  type RecordOrigin,
  type RecordProperties,
  recordProperties,
} from './generation/conformer-record.js';
export {
  type GeneratedConformer,
  type GenerateOptions,
  generateConformers,
  type MoleculeSummary,
} from './generation/generate.js';
export type { ConformerMaker, PlainRequest, RequestStream } from './generation/generate-protocol.js';
export { type LocalGenerateOptions, type LocalGenerator, openLocalGenerator } from './generation/local-generator.js';
export { type LocalMakerOptions, localMaker } from './generation/local-maker.js';
export { conformerFindings } from './making/conformer-findings.js';
export {
  type FailedConformer,
  type MadeConformer,
  type MakingOptions,
  type MakingSettings,
  makingSettings,
} from './making/make-conformers.js';
export { startShape } from './making/start-shape.js';
export { supportedElements } from './making/supported-elements.js';
export {
  type ConformerNetwork,
  type ConformerNetworkConfig,
  type ConformerWeights,
  scoreDenoiser,
} from './networks/conformer-network.js';
export { decodeConformerWeights } from './networks/conformer-weights.js';
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
export {
  type IsomerChoice,
  isomerChoices,
  type SamplerName,
  type StartName,
  samplerNames,
  startNames,
} from './sampling/choices.js';
export { annealedLangevin } from './sampling/langevin.js';
export { type NoiseLevelOptions, noiseLevels } from './sampling/noise-levels.js';
export { type NoiseSource, noiseOfStreams, recordedNoise } from './sampling/noise-source.js';
export { predictorCorrector } from './sampling/predictor-corrector.js';
export { karrasLevels, type ProbabilityFlowOptions, probabilityFlow } from './sampling/probability-flow.js';
export type { SamplingOptions, SamplingStep } from './sampling/sampling.js';
export type { PathFrame } from './sampling/sampling-path.js';
export { callsOf, type SamplingPlan, samplingPlan } from './sampling/sampling-plan.js';
export { conformerConfigSchema, type DenoisingConfig } from './training/denoiser-trainee.js';
export type { ConformerConfig } from './training/network-record.js';
export { type NoiseError, noiseErrors } from './training/noise-errors.js';
export {
  compileScoreMatching,
  type NoisedMolecules,
  scoreMatchingLosses,
} from './training/score-matching.js';
export { type ScoreMatchingConfig, scoreConfigSchema } from './training/score-trainee.js';
