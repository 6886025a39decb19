/**
 * Training: a network and its data become a run, on worker threads or on this one; the gradient as a program, optimiser,
 * schedule, checkpoints, configuration files.
 *
 * @module training
 */

export { parseConfig } from '../common/config.js';
export { configSchemaJson, type JsonSchema } from '../common/config-schema.js';
export type { Spread } from '../common/statistics.js';
export { Turns } from '../common/turns.js';
export {
  type Checkpoint,
  checkpointDescription,
  decodeCheckpoint,
  encodeCheckpoint,
  type Progress,
} from './checkpoint.js';
export {
  type Combination,
  type ComparedRun,
  type Comparison,
  type ComparisonOptions,
  compareRuns,
} from './comparison.js';
export { type TrainingConfig, trainingSchema } from './config.js';
export type { Evaluated, Standing } from './evaluations.js';
export { FlatLayout } from './flat-parameters.js';
export type { EngineOpener, EngineWork, GradientEngine } from './gradient-engine.js';
export type { ExampleSizes, ExampleSource, Examples, WorkerSetup } from './gradient-protocol.js';
export { LocalGradients, onThisThread } from './local-gradients.js';
export { type OpenRun, type OpenRunOptions, openRun, type RunParts } from './open-run.js';
export {
  defaultOptimizer,
  type OptimizerOptions,
  type OptimizerState,
  type StepOptions,
  type StepResult,
} from './optimizer.js';
export { firstState, freshState, Optimizer } from './optimizer-run.js';
export type { RunConfig, RunDescription } from './run-description.js';
export type { Schedule, ScheduleState } from './schedule.js';
export { type SweepPlan, type SweptRun, sweptRuns, type VariedSetting } from './sweep.js';
export type { Objective, Task, TrainableNetwork, Trainee } from './trainee.js';
export {
  type EpochMetrics,
  freshProgress,
  Trainer,
  type TrainerEnd,
  type TrainerEvents,
  type TrainerOptions,
  type TrainerParts,
} from './trainer.js';
export { compileTraining, type TrainingPrograms } from './training-programs.js';
