export {
  type Checkpoint,
  checkpointDescription,
  decodeCheckpoint,
  encodeCheckpoint,
  type Progress,
} from './checkpoint.js';
export { type TrainingConfig, trainingSchema } from './config.js';
export { FlatLayout } from './flat-parameters.js';
export {
  defaultOptimizer,
  type OptimizerOptions,
  type OptimizerState,
  type StepOptions,
  type StepResult,
} from './optimizer.js';
export { firstState, freshState, Optimizer } from './optimizer-run.js';
export { afterEvaluation, freshSchedule, rateScale, type Schedule } from './schedule.js';
export {
  type EpochMetrics,
  freshProgress,
  Trainer,
  type TrainerEvents,
  type TrainerOptions,
  type TrainerParts,
} from './trainer.js';
export { compileTraining, type TrainingPrograms } from './training-programs.js';
