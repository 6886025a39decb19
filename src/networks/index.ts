export { ClofNet, type ClofNetOptions } from './clofnet.js';
export type { ClofNetVariant } from './edge-features.js';
export { EGNN, type EGNNOptions } from './egnn.js';
export { GNN } from './gnn.js';
export type { DynamicsModel, NetworkSize } from './model.js';
export { openPredictor, type Predictor } from './predictor.js';
export { RadialField } from './radial-field.js';
export {
  type BaselineConfig,
  type ClofNetConfig,
  createModel,
  type ModelConfig,
  type ModelName,
  modelNames,
} from './registry.js';
export { type FieldName, fieldNames, type SystemTensors, systemInputs } from './system.js';
export { checkBatch, type SystemBatch } from './system-batch.js';
