export type { DynamicsModel } from './model.js';
export { decodeModelFile, encodeModelFile, exportOnnx, type ModelFile } from './model-file.js';
export { openPredictor, type Predictor, type PredictorOptions } from './predictor.js';
export { type RandomSystemOptions, randomSystems } from './random-systems.js';
export { createModel, importPublished, type ModelConfig, type ModelName, modelNames } from './registry.js';
export { type FieldName, fieldNames, type SystemTensors, systemInputs } from './system.js';
export { checkBatch, type SystemBatch } from './system-batch.js';
export { systemFunction, systemSample, systemSubject } from './system-function.js';
