/**
 * Networks on systems of bodies: ClofNet, EGNN, the radial field and a plain graph network; made, run, saved, exported.
 *
 * @module networks
 */

export { ClofNet, type ClofNetOptions } from './clofnet.js';
export type { ClofNetVariant } from './edge-features.js';
export { EGNN, type EGNNOptions } from './egnn.js';
export { exportOnnx } from './export-onnx.js';
export { GNN } from './gnn.js';
export type { DynamicsModel, NetworkSize } from './model.js';
export { decodeModelFile, encodeModelFile, type ModelFile } from './model-file.js';
export { openPredictor, type Predictor, type PredictorOptions } from './predictor.js';
export { importPublished } from './published-weights.js';
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
