/**
 * Your own quantities: energies and forces, dipoles, charges, tensors of any order, learned from files of geometries;
 * and what learned energies are good for, relaxation and molecular dynamics. Portable: what runs in a page runs here.
 *
 * A network is fitted by `openRun` of `clofnet/training` on what {@link findInData} makes of geometries, opened by
 * {@link openFitPredictor}, and measured by {@link evaluateGeometries}.
 *
 * @module fit
 */

export { type Conventional, conventionalInputs, conventionalTargets } from './conventional.js';
export type { Geometry, GeometryNumbers } from './data/geometry.js';
export { geometryAt } from './data/geometry.js';
export { geometrySet } from './data/geometry-builder.js';
export { type GeometryFormat, type GeometryReader, geometryFormats } from './data/geometry-format.js';
export {
  type GeometrySet,
  type GeometrySource,
  geometryCount,
  type NumberColumn,
  type SetAside,
} from './data/geometry-set.js';
export { parseGeometries } from './data/parse-geometries.js';
export { joinGeometries, selectGeometries } from './data/select-geometries.js';
export {
  type GeometrySplit,
  type Part,
  type PerPart,
  type SplitConfig,
  type SplitDescription,
  splitSchema,
} from './data/split.js';
export { type IndexList, parseIndices, splitByIndices } from './data/split-by-indices.js';
export { splitGeometries } from './data/split-geometries.js';
export { type FurtherColumns, formatGeometries, geometriesOf, withColumns } from './data/write-geometries.js';
export { type EvaluateOptions, evaluateGeometries, type FitEvaluation } from './evaluation/evaluate.js';
export { type PredictGeometriesOptions, predictGeometries } from './evaluation/predict-geometries.js';
export type { ErrorAt, MeanErrors, TargetErrors } from './evaluation/target-errors.js';
export type { MotionMoment, MotionOptions, MotionSample, MotionState, Thermostat } from './motion/motion.js';
export type { EnergyAndForces, OpenedPotential, OpenPotential, Potential, PotentialAtoms } from './motion/potential.js';
export { type Relaxation, type RelaxationStep, type RelaxOptions, relax } from './motion/relax.js';
export { type StartOptions, simulateMotion, startMotion } from './motion/simulate-motion.js';
export type { MotionUnits } from './motion/units.js';
export type { FitNetworkConfig, NetworkTarget } from './network/fit-config.js';
export { FitNetwork } from './network/fit-network.js';
export { fitPotential } from './network/fit-potential.js';
export { decodeFitWeights, type FittedNetwork } from './network/fit-weights.js';
export {
  type FitPredictions,
  type FitPredictor,
  type FitPredictorOptions,
  openFitPredictor,
} from './network/predictor.js';
export {
  type InputKind,
  type ResolvedInput,
  type ResolvedTarget,
  type TargetKind,
  type TensorSymmetry,
  widthInMemory,
  widthsInFiles,
} from './quantity.js';
export { type FitConfig, fitConfigSchema } from './training/config.js';
export { type FitRunConfig, type FitSets, type Found, type FoundData, findInData } from './training/found.js';
export { type FitTrainable, fitTask } from './training/task.js';
