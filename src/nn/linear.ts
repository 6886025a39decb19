import { matmul, reshape, slice, type Tensor } from '../tensor/index.js';
import { fanIn, type Initializer } from './initializers.js';
import type { ParameterScope } from './parameters.js';

/** How a {@link Linear} layer begins, and whether it has a bias. */
export interface LinearOptions {
  /** Whether a bias is added, or how its first values are drawn; default uniform in ±1/√inputs. */
  readonly bias?: boolean | Initializer;
  /** First values of the weight; default uniform in ±1/√inputs. */
  readonly weight?: Initializer;
}

/** y = x Wᵀ + b, with W [outputs, inputs] as PyTorch stores it. */
export class Linear {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly inputs: number;
  readonly outputs: number;

  constructor(
    scope: ParameterScope,
    inputs: number,
    outputs: number,
    { bias = true, weight = fanIn(inputs) }: LinearOptions = {},
  ) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weight = scope.parameter('weight', [outputs, inputs], weight);
    this.bias = bias ? scope.parameter('bias', [outputs], bias === true ? fanIn(inputs) : bias) : undefined;
  }

  /** Rows in, rows out: [n, inputs] → [n, outputs]. */
  rows(x: Tensor): Tensor {
    return matmul(x, this.weight, { transposeB: true, bias: this.bias });
  }

  /** Columns in, columns out: [inputs, n] → [outputs, n]. */
  columns(x: Tensor): Tensor {
    return matmul(this.weight, x, { bias: this.#columnBias() });
  }

  /** Rows in, columns out: [n, inputs] → [outputs, n]. */
  rowsToColumns(x: Tensor): Tensor {
    return matmul(this.weight, x, { transposeB: true, bias: this.#columnBias() });
  }

  /**
   * The weight taken apart by inputs: W·[x, y, …] = W_x·x + W_y·y + … Where x is a feature of nodes and y one of
   * edges, W_x·x is computed once a node instead of once an edge.
   */
  split(...widths: readonly number[]): Tensor[] {
    if (widths.reduce((a, b) => a + b, 0) !== this.inputs)
      throw new RangeError(`split: widths ${widths} do not add up to ${this.inputs} inputs`);
    const ends = widths.map((_, k) => widths.slice(0, k + 1).reduce((a, b) => a + b));
    return ends.map((end, k) => slice(this.weight, 1, end - widths[k], end));
  }

  #columnBias(): Tensor | undefined {
    return this.bias && reshape(this.bias, [this.outputs, 1]);
  }
}
