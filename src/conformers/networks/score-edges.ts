import { type Frame, norm, scalarize } from '../../geometry/index.js';
import { angle } from '../../networks/edge-scalars.js';
import { Embedding, filled, GaussianFourier, Linear, type ParameterScope, xavierUniform } from '../../nn/index.js';
import { add, concat, matmul, mul, relu, slice, sub, type Tensor, transpose } from '../../tensor/index.js';

/** How the published network starts the linear layers that edges pass. */
const start = { weight: xavierUniform(), bias: filled(0) };

/**
 * What the score network knows of every edge:
 *
 *     e_ij = W_d γ(|x_i − x_j|) ⊙ Embedding(type_ij) + φ(sin, cos, W_s γ(s_i), W_s γ(s_j))
 *
 * with Gaussian Fourier features γ, the scalars s of both ends on the frame of the edge, and the angle between them.
 */
export class ScoreEdges {
  readonly #types: Embedding;
  readonly #distance: GaussianFourier;
  readonly #fromDistance: Linear;
  readonly #scalar: GaussianFourier;
  readonly #fromScalars: Linear;
  readonly #project: readonly [Linear, Linear];

  /** @param kinds how many types of edge there are */
  constructor(scope: ParameterScope, width: number, kinds: number) {
    this.#types = new Embedding(scope.child('edge_emb'), kinds, width);
    this.#distance = new GaussianFourier(scope.child('dist_gaussian_fourier'), width);
    this.#fromDistance = new Linear(scope.child('input_mlp.layers.0'), 2 * width, width, start);
    this.#scalar = new GaussianFourier(scope.child('coff_gaussian_fourier'), width);
    this.#fromScalars = new Linear(scope.child('coff_mlp'), 4 * width, width);
    this.#project = [
      new Linear(scope.child('project.layers.0'), 2 * width + 2, width, start),
      new Linear(scope.child('project.layers.1'), width, width, start),
    ];
  }

  /**
   * @param xi positions [3, edges] of the one end
   * @param xj positions [3, edges] of the other end
   * @param frame the frame of (i, j)
   * @returns [edges, width]
   */
  rows(xi: Tensor, xj: Tensor, frame: Frame, types: Tensor): Tensor {
    const distance = transpose(norm(sub(xi, xj))); // [edges, 1]
    const chemistry = mul(this.#fromDistance.rows(this.#distance.rows(distance)), this.#types.rows(types));
    const [si, sj] = [xi, xj].map((x) => scalarize([x], frame)); // [3, edges]
    const [first, second] = this.#project;
    const invariants = concat([...angle(si, sj).map((t) => transpose(t)), ...this.#embed(si, sj)], 1);
    return add(chemistry, second.rows(relu(first.rows(invariants))));
  }

  /**
   * W_s γ(s) of both ends, [edges, width] each, from scalars [3, edges]. Their second component is always 0, as
   * positions have none along x_i × x_j, and left out. The third is the same at both ends, as c is orthogonal to
   * x_i − x_j, and passed once.
   */
  #embed(si: Tensor, sj: Tensor): Tensor[] {
    const [onA, onC] = this.#fromScalars.split(this.#fromScalars.inputs / 2, this.#fromScalars.inputs / 2);
    const fourier = (s: Tensor, axis: number): Tensor => this.#scalar.rows(transpose(slice(s, 0, axis, axis + 1)));
    const bias = matmul(fourier(si, 2), onC, { transposeB: true, bias: this.#fromScalars.bias });
    return [si, sj].map((s) => matmul(fourier(s, 0), onA, { transposeB: true, bias }));
  }
}
