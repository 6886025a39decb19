/**
 * Many-body mechanics: simulated trajectories, data sets of them, and the training of networks that predict them.
 *
 * @module newton
 */

export { describeSet, type SetDescription } from './data/set-description.js';
export { datasetName } from './data/set-name.js';
export { PUBLISHED_SNAPSHOTS, type SnapshotChoice, type SnapshotPairs, snapshotPairs } from './data/snapshots.js';
export type { TrajectorySet } from './data/trajectory-set.js';
export { type WindowChoice, type Windows, windowsOf } from './data/windows.js';
export { movedStructures, structuresOfSystems, systemsOfStructures } from './data/xyz-systems.js';
export { type TrajectoryInfo, trajectoryStructures } from './data/xyz-trajectories.js';
export { straightLine, timeSpan } from './evaluation/baselines.js';
export { type Evaluation, type EvaluationOptions, evaluate } from './evaluation/evaluate.js';
export {
  type PredictionErrors,
  predictionErrors,
  type WorstShare,
  worstShare,
} from './evaluation/prediction-errors.js';
export {
  type Drift,
  type RollOutErrorsOptions,
  rollOutErrors,
  type StepErrors,
  type Stretch,
  stretchFor,
} from './evaluation/roll-out-errors.js';
export { type KnownSystems, type TrainedOn, trainedOn, unlikeTraining } from './evaluation/trained-on.js';
export * from './networks/index.js';
export { divergence, predictableSnapshots } from './simulation/divergence.js';
export { lawOfSet } from './simulation/law-of-set.js';
export { drawInitialStates, type PerSplit, SPLITS, type Split } from './simulation/protocol.js';
export { predictableShare, type Reach, type ReachOptions, reachOfFloat32 } from './simulation/reach.js';
export { simulate, simulateSplits } from './simulation/simulate.js';
export { type InTurnsOptions, simulateInTurns } from './simulation/simulate-in-turns.js';
export { chargedEnergy, massesOf, synchronized, systemEnergy } from './system/energy.js';
export { type Fields, fieldArrays, fieldVectors } from './system/field-vectors.js';
export type { ForceField } from './system/force-field.js';
export type { Bodies, InitialState } from './system/initial-state.js';
export { MAGNETIC_FIELD } from './system/kinds/dynamic.js';
export { GRAVITY } from './system/kinds/static.js';
export { SYSTEM_KINDS, type SystemKind, systemKinds } from './system/kinds.js';
export {
  defineSimulation,
  PROTOCOLS,
  type Protocol,
  type Simulation,
  TIME_STEP,
} from './system/system.js';
export type { Laws, SystemKindRecord } from './system/system-kind.js';
export { type NewtonConfig, newtonConfigSchema } from './training/config.js';
export { fieldsOf } from './training/experiment-data.js';
export { modelConfigOf } from './training/model-choice.js';
export { publishedRecipe, type RecipeName, recipeNames } from './training/recipes.js';
export { type NewtonNetwork, newtonNetwork } from './training/task.js';
