/**
 * What clofnet offers wherever it runs; `index.ts` adds what needs Node, `web.ts` what needs a browser.
 *
 * By folder, in alphabetical order. From the parts up one meets them as random numbers, files, tensors, running them,
 * layers, geometry, graphs, networks, checks of equivariance, training, many-body mechanics, molecules, conformers.
 */

// Settings and mistakes
export { parseConfig } from './common/config.js';
export { configSchemaJson, type JsonSchema } from './common/config-schema.js';
export { UserError } from './common/errors.js';
export { Turns } from './common/turns.js';
// Molecules and conformers
export * from './conformers/index.js';
// Networks
export {
  type BondGraph,
  type BondGraphTensors,
  batchBondGraphs,
  bondGraphFeeds,
  bondGraphInputs,
} from './conformers/networks/bond-graph.js';
export { Denoiser, type DenoiserOptions } from './conformers/networks/denoiser.js';
export {
  type DenoiserConfig,
  type DenoiserFile,
  decodeDenoiserFile,
  encodeDenoiserFile,
} from './conformers/networks/denoiser-file.js';
export { type CentreTensors, type MoleculeTensors, moleculeInputs } from './conformers/networks/molecule-tensors.js';
export {
  decodeScoreNetworkFile,
  encodeScoreNetworkFile,
  type ScoreNetworkConfig,
  type ScoreNetworkFile,
} from './conformers/networks/score-file.js';
export { ScoreNetwork, type ScoreNetworkOptions, type ScoreOptions } from './conformers/networks/score-network.js';
// Files
export {
  formatExtendedXyz,
  parseExtendedXyz,
  type ReadOptions as XyzReadOptions,
  type XyzArray,
  type XyzFrame,
} from './files/extended-xyz.js';
export { decodeNpy, encodeNpy, type NpyArray, type NpyData } from './files/npy.js';
export { decodeSafetensors, encodeSafetensors, type SafetensorsFile, type StoredTensor } from './files/safetensors.js';
export { type TextLine, type TextLinesOptions, textLines } from './files/text-lines.js';
// Geometry
export {
  type Alignment,
  align,
  alignmentRmsd,
  applyAlignment,
  applyRotation,
  centroid,
  type Frame,
  type FrameForm,
  type Matrix3,
  norm,
  pairFrame,
  randomRotation,
  reflection,
  rmsd,
  rotationOf,
  scalarize,
  scalarizeTensor,
  tensorize,
  tensorizeTensor,
  unit,
} from './geometry/index.js';
// Graphs
export {
  batchGraphs,
  completeGraphs,
  createGraph,
  edgeFrame,
  type Graph,
  type GraphTensors,
  graphFeeds,
  graphInputs,
  graphMean,
  graphSizes,
  meanToReceivers,
  nodeFrame,
  softmaxOverReceivers,
  sumToReceivers,
} from './graphs/index.js';
export * from './molecules/index.js';
export * from './networks/index.js';
export { type FrameChoice, type FramePairs, frames as framePairs, PUBLISHED_FRAMES } from './newton/data/frames.js';
export { datasetName } from './newton/data/set-name.js';
export type { TrajectorySet } from './newton/data/trajectory-set.js';
export { framesOfSystems, movedFrames, systemsOfFrames } from './newton/data/xyz-systems.js';
export { straightLine, timeSpan } from './newton/evaluation/baselines.js';
export { type Evaluation, type EvaluationOptions, evaluate } from './newton/evaluation/evaluate.js';
export { type PredictionErrors, predictionErrors } from './newton/evaluation/prediction-errors.js';
export { type TrainedOn, trainedOn, unlikeTraining } from './newton/evaluation/trained-on.js';
// Many-body mechanics
export * from './newton/networks/index.js';
export { divergence, predictableFrames } from './newton/simulation/divergence.js';
export {
  drawInitialStates,
  type PerSplit,
  PUBLISHED_COUNTS,
  PUBLISHED_SEED,
  SPLITS,
  type Split,
} from './newton/simulation/protocol.js';
export { simulate, simulateSplits } from './newton/simulation/simulate.js';
export { type InTurnsOptions, simulateInTurns } from './newton/simulation/simulate-in-turns.js';
export { chargedEnergy } from './newton/system/energy.js';
export { type Fields, fieldArrays, fieldVectors } from './newton/system/field-vectors.js';
export { drawInitialState, type InitialState } from './newton/system/initial.js';
export {
  defineSimulation,
  GRAVITY,
  MAGNETIC_FIELD,
  PROTOCOLS,
  type Protocol,
  type Simulation,
  SYSTEM_KINDS,
  type SystemKind,
  TIME_STEP,
} from './newton/system/system.js';
export { type NewtonConfig, newtonConfigSchema } from './newton/training/config.js';
export { examplesOf, fieldsOf } from './newton/training/experiment-data.js';
export { type LocalExperiment, openLocalExperiment } from './newton/training/local-experiment.js';
export { modelConfigOf } from './newton/training/model-choice.js';
export { publishedRecipe, type RecipeName, recipeNames } from './newton/training/recipes.js';
// Layers
export {
  countParameters,
  dropout,
  dropoutMasks,
  Embedding,
  fanIn,
  filled,
  GaussianFourier,
  type Initializer,
  initialize,
  LayerNorm,
  Linear,
  type LinearOptions,
  MLP,
  type MLPOptions,
  normal,
  type Parameter,
  ParameterScope,
  trainable,
  uniform,
  type Weights,
  xavierUniform,
} from './nn/index.js';
// Random numbers
export { Rng, type RngState } from './random/generator.js';
export { NumpyRandom, type NumpyRandomState } from './random/numpy-random.js';
export { conformerReport } from './report/conformers/report.js';
export { conformerTrainingReport } from './report/conformers/training-report.js';
// Running them
export { type NodeDevice, nodeDevices, parseDevice } from './runtime/devices.js';
export type { Device, Executable, Feeds, OpenOptions, Runtime, Sizes, Values } from './runtime/index.js';
// Tensors: what is to be computed
export {
  abs,
  add,
  asTensor,
  type CompileOptions,
  cast,
  clamp,
  compile,
  concat,
  constant,
  cos,
  cross,
  type Dim,
  type DType,
  div,
  dot,
  exp,
  expand,
  gather,
  gradient,
  type Input,
  input,
  layerNorm,
  less,
  log,
  type MatmulOptions,
  matmul,
  max,
  maximum,
  mean,
  meanSquare,
  minimum,
  mul,
  neg,
  type Operand,
  type Port,
  type Program,
  pad,
  relu,
  reshape,
  type Shape,
  ShapeError,
  safeSqrt,
  scatterAdd,
  scatterMax,
  sigmoid,
  sign,
  silu,
  sin,
  size,
  slice,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
  where,
} from './tensor/index.js';
// Checks of equivariance
export * from './testing/index.js';
export { decodeTrained, type TrainedNetwork, trainedKinds } from './trained/kinds.js';
// Training
export type { ExampleSizes, ExampleSource, WorkerSetup } from './training/gradient-protocol.js';
export {
  afterEvaluation,
  type Checkpoint,
  compileTraining,
  decodeCheckpoint,
  defaultOptimizer,
  type EpochMetrics,
  encodeCheckpoint,
  FlatLayout,
  firstState,
  freshProgress,
  freshSchedule,
  freshState,
  Optimizer,
  type OptimizerOptions,
  type OptimizerState,
  type Progress,
  rateScale,
  type Schedule,
  Trainer,
  type TrainerEvents,
  type TrainerOptions,
  type TrainerParts,
  type TrainingPrograms,
} from './training/index.js';
export { type LocalGradientOptions, LocalGradients } from './training/local-gradients.js';
