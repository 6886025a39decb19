import { layerNorm, type Tensor } from '../tensor/index.js';
import { filled } from './initializers.js';
import type { ParameterScope } from './parameters.js';

/** Normalizes every row to mean 0 and variance 1, then scales and shifts it (Ba et al. 2016). */
export class LayerNorm {
  readonly weight: Tensor;
  readonly bias: Tensor;

  constructor(scope: ParameterScope, width: number) {
    this.weight = scope.parameter('weight', [width], filled(1));
    this.bias = scope.parameter('bias', [width], filled(0));
  }

  /** [n, width] → [n, width]. */
  rows(x: Tensor): Tensor {
    return layerNorm(x, this.weight, this.bias);
  }
}
