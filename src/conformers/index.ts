// What the package exports of conformers.
export { boltzmannWeights } from './boltzmann.js';
export {
  type IsomerChoice,
  isomerChoices,
  type SamplerName,
  type StartName,
  samplerNames,
  startNames,
} from './choices.js';
export { type ConformerConfig, conformerConfigSchema } from './config.js';
export { conformerFindings } from './conformer-findings.js';
export {
  type ConformerForm,
  formatConformer,
  formatPath,
  type RecordOrigin,
  type RecordProperties,
  recordProperties,
} from './conformer-record.js';
export {
  type Average,
  type CoverageScores,
  type CoverageSummary,
  coverageScores,
  type MatchScores,
  type NearestConformers,
  nearestConformers,
  summarizeCoverage,
} from './coverage.js';
export {
  type Dataset as ConformerDataset,
  type DatasetManifest,
  type DatasetOrigin,
  decodeDataset,
  encodeDataset,
  ensemblesOf,
  type SplitName,
} from './dataset.js';
export { compileDenoiser, type OpenDenoiser, openDenoiser, scoreOf } from './denoiser-run.js';
export { type DistanceMmd, distanceMmd, maximumMeanDiscrepancy } from './distance-mmd.js';
export { type Ensemble, type TheoryLevel, theoryLevels } from './ensemble.js';
export { ensembleLine, failureLine, type LineOrigin } from './ensemble-line.js';
export type { EnsembleRecord, RecordResult } from './ensemble-record.js';
export { type EvaluateOptions, evaluatePairs } from './evaluate.js';
export type {
  ConformerCost,
  Evaluation as ConformerEvaluation,
  EvaluationOptions as ConformerEvaluationOptions,
  EvaluationPair,
  MoleculeEvaluation,
} from './evaluation.js';
export { type ConformerFault, type FittedRecord, fitRecord } from './fit-record.js';
export {
  type GeneratedConformer,
  type GenerateOptions,
  generateConformers,
  type MoleculeSummary,
} from './generate.js';
export type { ConformerMaker, PlainRequest, RequestStream } from './generate-protocol.js';
export { type GeneratedSource, type GenerateFor, matchGenerated } from './generated-source.js';
export { annealedLangevin } from './langevin.js';
export { type Learned, learnedFrom, levelFor, unlearnedElements } from './learned.js';
export { type LocalGenerateOptions, type LocalGenerator, openLocalGenerator } from './local-generator.js';
export { type LocalMakerOptions, localMaker } from './local-maker.js';
export {
  type FailedConformer,
  type MadeConformer,
  type MakingOptions,
  type MakingSettings,
  makingSettings,
} from './make-conformers.js';
export { type EnsembleOptions, makeEnsemble, type NoEnsemble } from './make-ensemble.js';
export { GeneratedMatcher, type GeneratedRecord } from './match-generated.js';
export { mergeEnsembles } from './merge-ensembles.js';
export { type NoiseError, noiseErrors } from './noise-errors.js';
export { type NoiseLevelOptions, noiseLevels } from './noise-levels.js';
export { type NoiseSource, noiseOfStreams, recordedNoise } from './noise-source.js';
export { predictorCorrector } from './predictor-corrector.js';
export { karrasLevels, type ProbabilityFlowOptions, probabilityFlow } from './probability-flow.js';
export { coverageProtocols } from './protocols.js';
export type { MoleculeFilter } from './record-filter.js';
export { buildConformerReport, type ConformerReportOptions } from './report-data.js';
export type { ConformerReportData } from './report-types.js';
export type { SamplingOptions, SamplingStep } from './sampling.js';
export type { PathFrame } from './sampling-path.js';
export { callsOf, type SamplingPlan, samplingPlan } from './sampling-plan.js';
export type { ScoreFunction } from './score-function.js';
export {
  compileScoreMatching,
  type NoisedMolecules,
  type ScoreMatchingOptions,
  type ScoreMatchingPrograms,
  scoreMatchingLosses,
} from './score-matching.js';
export { openScorer, type Scorer } from './scorer.js';
export { moleculeSplitter, type SplitShares } from './split-molecules.js';
export { startShape } from './start-shape.js';
export { supportedElements } from './supported-elements.js';
