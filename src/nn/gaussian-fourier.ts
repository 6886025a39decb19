import { concat, cos, mul, sin, type Tensor } from '../tensor/index.js';
import { normal } from './initializers.js';
import type { ParameterScope } from './parameters.js';

/** Gaussian Fourier features of a number (Tancik et al. 2020): [sin 2πtW, cos 2πtW], with normal W that is not trained. */
export class GaussianFourier {
  readonly #frequencies: Tensor;

  /** @param width the number of frequencies, half that of features */
  constructor(scope: ParameterScope, width: number) {
    this.#frequencies = scope.fixed('W', [width], normal);
  }

  /** [n, 1] → [n, 2 · width]. */
  rows(t: Tensor): Tensor {
    const phase = mul(mul(t, this.#frequencies), 2 * Math.PI); // [n, width]
    return concat([sin(phase), cos(phase)], 1);
  }
}
