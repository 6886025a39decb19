/**
 * Many-body mechanics: simulated trajectories, data sets of them, and the training of networks that predict them.
 *
 * @module newton
 */

export {
  type BodyTrajectories,
  type BodyTrajectory,
  type TrajectoryOptions,
  trajectoriesOf,
} from './data/body-trajectory.js';
export { datasetName } from './data/set-name.js';
export { PUBLISHED_SNAPSHOTS, type SnapshotChoice, type SnapshotPairs, snapshotPairs } from './data/snapshots.js';
export { splitTrajectories, type TrajectoryShares } from './data/split-trajectories.js';
export type { TrajectorySet } from './data/trajectory-set.js';
export {
  type SystemsWithTargets,
  systemsOfWindows,
  type WindowChoice,
  type Windows,
  windowsOf,
  windowsOfTrajectories,
} from './data/windows.js';
export { movedStructures, type SystemColumns, structuresOfSystems, systemsOfStructures } from './data/xyz-systems.js';
export { straightLine, timeSpan } from './evaluation/baselines.js';
export { type Evaluation, type EvaluationOptions, evaluate, evaluateSystems } from './evaluation/evaluate.js';
export { type PredictionErrors, predictionErrors } from './evaluation/prediction-errors.js';
export { type TrainedOn, trainedOn, unlikeTraining } from './evaluation/trained-on.js';
export * from './networks/index.js';
export { divergence, predictableSnapshots } from './simulation/divergence.js';
export { drawInitialStates, type PerSplit, SPLITS, type Split } from './simulation/protocol.js';
export { simulate, simulateSplits } from './simulation/simulate.js';
export { type InTurnsOptions, simulateInTurns } from './simulation/simulate-in-turns.js';
export { chargedEnergy, synchronized } from './system/energy.js';
export { type Fields, fieldArrays, fieldVectors } from './system/field-vectors.js';
export type { InitialState } from './system/initial.js';
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
} from './system/system.js';
export { type NewtonConfig, newtonConfigSchema } from './training/config.js';
export { fieldsOf } from './training/experiment-data.js';
export { modelConfigOf } from './training/model-choice.js';
export { publishedRecipe, type RecipeName, recipeNames } from './training/recipes.js';
export { type NewtonNetwork, newtonNetwork } from './training/task.js';
