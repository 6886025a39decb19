import { silu, type Tensor } from '../tensor/index.js';
import { Linear, type LinearOptions } from './linear.js';
import type { ParameterScope } from './parameters.js';

/** What stands between and behind the layers of an {@link MLP}. */
export interface MLPOptions {
  /** Applied between the layers; default SiLU. */
  readonly activation?: (x: Tensor) => Tensor;
  /** Whether the activation follows the last layer too; default false. */
  readonly activateLast?: boolean;
  /** Options of the last layer. */
  readonly last?: LinearOptions;
}

/**
 * Linear layers with an activation between them. Parameters are numbered as in a PyTorch `Sequential` that holds
 * layers and activations in turn: `0.weight`, `2.weight`, …
 */
export class MLP {
  readonly layers: readonly Linear[];
  /** What stands between the layers. */
  readonly activation: (x: Tensor) => Tensor;
  readonly #activateLast: boolean;

  /** @param widths the width of the input, of every hidden layer and of the output */
  constructor(
    scope: ParameterScope,
    widths: readonly number[],
    { activation = silu, activateLast = false, last = {} }: MLPOptions = {},
  ) {
    const count = widths.length - 1;
    this.activation = activation;
    this.#activateLast = activateLast;
    this.layers = Array.from(
      { length: count },
      (_, k) => new Linear(scope.child(2 * k), widths[k], widths[k + 1], k === count - 1 ? last : {}),
    );
  }

  /** Rows in, rows out: [n, inputs] → [n, outputs]. */
  rows(x: Tensor): Tensor {
    return this.#run(x, (layer, h) => layer.rows(h));
  }

  /** Columns in, columns out: [inputs, n] → [outputs, n]. */
  columns(x: Tensor): Tensor {
    return this.#run(x, (layer, h) => layer.columns(h));
  }

  /** Rows in, columns out: [n, inputs] → [outputs, n]; only the last layer changes the layout. */
  rowsToColumns(x: Tensor): Tensor {
    const final = this.layers.length - 1;
    return this.#run(x, (layer, h, k) => (k === final ? layer.rowsToColumns(h) : layer.rows(h)));
  }

  /** What follows the first layer, for callers that compute that layer's sum themselves: [n, hidden] → [n, outputs]. */
  afterFirst(sum: Tensor): Tensor {
    return this.layers.slice(1).reduce((h, layer, k) => this.#activate(layer.rows(h), k + 1), this.#activate(sum, 0));
  }

  #run(x: Tensor, apply: (layer: Linear, h: Tensor, k: number) => Tensor): Tensor {
    return this.layers.reduce((h, layer, k) => this.#activate(apply(layer, h, k), k), x);
  }

  #activate(x: Tensor, k: number): Tensor {
    return k < this.layers.length - 1 || this.#activateLast ? this.activation(x) : x;
  }
}
