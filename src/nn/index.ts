/**
 * Layers and their parameters.
 *
 * @module nn
 */

export { dropout, dropoutMasks } from './dropout.js';
export { Embedding } from './embedding.js';
export { GaussianFourier } from './gaussian-fourier.js';
export { fanIn, filled, type Initializer, normal, uniform, xavierUniform } from './initializers.js';
export { LayerNorm } from './layer-norm.js';
export { Linear, type LinearOptions } from './linear.js';
export { MLP, type MLPOptions } from './mlp.js';
export {
  countParameters,
  initialize,
  type Parameter,
  ParameterScope,
  parameterSize,
  trainable,
  type Weights,
} from './parameters.js';
export { requireWeights } from './require-weights.js';
