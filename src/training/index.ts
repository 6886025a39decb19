/**
 * Training: the gradient as a program, optimiser, schedule, checkpoints, configuration files; on this thread.
 *
 * @module training
 */

export { parseConfig } from '../common/config.js';
export { configSchemaJson, type JsonSchema } from '../common/config-schema.js';
export { Turns } from '../common/turns.js';
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint, type Progress } from './checkpoint.js';
export { FlatLayout } from './flat-parameters.js';
export type { ExampleSizes, ExampleSource, WorkerSetup } from './gradient-protocol.js';
export { type LocalGradientOptions, LocalGradients } from './local-gradients.js';
export {
  defaultOptimizer,
  type OptimizerOptions,
  type OptimizerState,
  type StepOptions,
  type StepResult,
} from './optimizer.js';
export { firstState, freshState, Optimizer } from './optimizer-run.js';
export type { Schedule, ScheduleState } from './schedule.js';
export {
  type EpochMetrics,
  freshProgress,
  Trainer,
  type TrainerEvents,
  type TrainerOptions,
  type TrainerParts,
} from './trainer.js';
export { compileTraining, type TrainingPrograms } from './training-programs.js';
