/**
 * Networks on graphs in space: ClofNet, the propagator, EGNN, the radial field and a plain graph network; how one is described, tested
 * and exported.
 *
 * @module networks
 */

export {
  type Backbone,
  type BackboneOf,
  backbone,
  type ConfigOf,
  edgeOptions,
  type Follows,
  type MovedGraph,
  type Network,
  type NetworkSize,
  type OptionsOf,
  sizeOptions,
  type ToldOption,
} from './backbone.js';
export { backbonesOn } from './backbones.js';
export { ClofNet, type ClofNetOptions } from './clofnet.js';
export type { ClofNetVariant } from './edge-features.js';
export { EGNN, type EGNNOptions } from './egnn.js';
export { type Exported, exportNetwork } from './export-onnx.js';
export {
  type GeometricFunction,
  type OpenFunction,
  type Outputs,
  openFunction,
  type Run,
  type Sample,
  type SampleSize,
} from './geometric-function.js';
export type { GeometricGraph } from './geometric-graph.js';
export { GNN } from './gnn.js';
export type { GraphVector, VectorKind } from './graph-vectors.js';
export type { OptionsOfAll } from './merged-options.js';
export { type Backbones, createNetwork, type NetworkConfig, networkSchema } from './network-config.js';
export { Propagator, type PropagatorOptions } from './propagator.js';
export { type GraphWords, graphQuantities, type Quantities, type Quantity, widthOf } from './quantities.js';
export { RadialField } from './radial-field.js';
export { type Described, decodeWeights, encodeWeightFile, type Trained, type WeightKind } from './weight-file.js';
