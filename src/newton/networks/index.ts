export type { DynamicsModel, MovedSystem } from './model.js';
export { decodeModelFile, encodeModelFile, exportOnnx, type ModelFile } from './model-file.js';
export { openPredictor, type PredictedSystems, type Predictor, type PredictorOptions } from './predictor.js';
export { type RandomSystemOptions, randomSystems } from './random-systems.js';
export {
  backbones,
  createModel,
  importPublished,
  type ModelConfig,
  type ModelName,
  modelNames,
  predictsVelocities,
} from './registry.js';
export { type RolledOut, type RollOutOptions, rollOut } from './roll-out.js';
export {
  type BodyColumns,
  type ColumnInput,
  columnInputs,
  type FieldName,
  fieldKinds,
  fieldNames,
  type SystemTensors,
  systemInputs,
} from './system.js';
export { checkBatch, type SystemBatch } from './system-batch.js';
export { type NamedModel, systemFunction, systemMotion, systemSample, systemSubject } from './system-function.js';
export { type GraphRule, systemGraph } from './system-graph.js';
