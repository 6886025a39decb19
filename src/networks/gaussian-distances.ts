import { filled, type ParameterScope, uniform } from '../nn/index.js';
import { abs, add, div, exp, less, mul, slice, square, sub, type Tensor, transpose, where } from '../tensor/index.js';

/** Keeps the Gaussians from becoming infinitely narrow. */
const NARROWEST = 1e-5;

/**
 * A learned Gaussian basis of distances (Shuaibi et al. 2021, Ying et al. 2021): distances are scaled and shifted by
 * kind of edge, then every Gaussian is asked how near its mean they are:
 *
 *     u = mul_kind · d + bias_kind
 *     φ_k = exp(−½ ((u − mean_k) / std_k)²) / (√(2π) std_k)
 *
 * The published network has two kinds of edge, scalars of opposite (0) and of like sign (1), tells the basis squared
 * distances, and keeps room for more kinds than it uses.
 */
export class GaussianDistances {
  readonly #means: Tensor;
  readonly #stds: Tensor;
  readonly #mul: Tensor;
  readonly #bias: Tensor;

  /**
   * @param count the number of Gaussians
   * @param kinds the number of kinds of edge that the weights have room for, at least 2
   */
  constructor(scope: ParameterScope, count: number, kinds: number) {
    this.#means = scope.parameter('means.weight', [1, count], uniform(0, 3));
    this.#stds = scope.parameter('stds.weight', [1, count], uniform(0, 3));
    this.#mul = scope.parameter('mul.weight', [kinds, 1], filled(1));
    this.#bias = scope.parameter('bias.weight', [kinds, 1], filled(0));
  }

  /**
   * @param distance [1, edges]
   * @param scalarProduct s_i s_j, [1, edges]; its sign tells the kind of edge
   * @returns [count, edges]
   */
  columns(distance: Tensor, scalarProduct: Tensor): Tensor {
    const isLike = less(0, scalarProduct);
    const ofKind = (table: Tensor): Tensor => where(isLike, slice(table, 0, 1, 2), slice(table, 0, 0, 1)); // [1, edges]
    const u = add(mul(ofKind(this.#mul), distance), ofKind(this.#bias));
    const std = add(abs(transpose(this.#stds)), NARROWEST); // [count, 1]
    const deviation = div(sub(u, transpose(this.#means)), std); // [count, edges]
    return div(exp(mul(square(deviation), -0.5)), mul(std, Math.sqrt(2 * Math.PI)));
  }
}
