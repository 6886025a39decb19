import { type Frame, tensorize } from '../geometry/index.js';
import { meanToReceivers, sumToReceivers } from '../graphs/index.js';
import { LayerNorm, MLP, type ParameterScope, xavierUniform } from '../nn/index.js';
import { add, clamp, concat, gather, matmul, mul, slice, type Tensor, transpose } from '../tensor/index.js';
import type { SystemTensors } from './system.js';

/** No single message moves a body further than this along any axis. */
const MAX_SHIFT = 100;

/** What a layer passes on: where the bodies are (relative to the centre) and what is known of each. */
export interface NodeState {
  /** Positions, [nodes, 3]. */
  readonly x: Tensor;
  /** Features, [nodes, hidden]. */
  readonly h: Tensor;
}

/** What a layer knows of every edge. */
export interface EdgeState {
  readonly frame: Frame;
  /** |x_i − x_j|², [1, edges]. */
  readonly squaredDistance: Tensor;
  /** Scalarized geometry, [edgeWidth, edges]. */
  readonly features: Tensor;
}

/**
 * One message-passing layer of ClofNet (Du et al. 2022, section 4):
 *
 *     m_ij = φ_m(h_i, h_j, |x_i − x_j|², e_ij)
 *     x_i ← x_i + mean_j Σ_p φ_x(m_ij)_p e_p + v_i φ_v(h_i)
 *     h_i ← LayerNorm(h_i + (h_i + φ_h(h_i, Σ_j m_ij)))
 *
 * where e_p are the axes of the frame of (i, j): the sum over p is the tensorization.
 */
export class ClofNetLayer {
  readonly #width: number;
  readonly #message: MLP;
  readonly #coefficients: MLP;
  readonly #drift: MLP;
  readonly #node: MLP;
  readonly #norm: LayerNorm;

  /**
   * @param edgeWidth the width of the edge features
   * @param drifts how many vectors of a node move it directly: its velocity, and what external fields add
   */
  constructor(scope: ParameterScope, width: number, edgeWidth: number, drifts = 1) {
    this.#width = width;
    this.#message = new MLP(scope.child('edge_mlp'), [2 * width + 1 + edgeWidth, width, width, width], {
      activateLast: true,
    });
    this.#node = new MLP(scope.child('node_mlp'), [2 * width, width, width]);
    this.#coefficients = new MLP(scope.child('coord_mlp'), [width, width, 3], {
      last: { bias: false, weight: xavierUniform(0.001) },
    });
    this.#drift = new MLP(scope.child('coord_mlp_vel'), [width, width, drifts]);
    this.#norm = new LayerNorm(scope.child('layer_norm'), width);
  }

  /** @param vectors the vectors that move a node directly, each [nodes, 3] */
  update({ x, h }: NodeState, edge: EdgeState, vectors: readonly Tensor[], { graph }: SystemTensors): NodeState {
    const m = this.#messages(h, edge, graph); // [edges, width]
    const shift = clamp(tensorize(this.#coefficients.rowsToColumns(m), edge.frame), -MAX_SHIFT, MAX_SHIFT); // [3, edges]
    const moved = add(x, meanToReceivers(transpose(shift), graph)); // [nodes, 3]
    return {
      x: add(moved, drift(this.#drift.rows(h), vectors)),
      h: this.#norm.rows(add(h, add(h, this.#nodeUpdate(h, sumToReceivers(m, graph))))),
    };
  }

  /** φ_m, its first layer taken apart: what depends on one node is computed once a node. */
  #messages(
    h: Tensor,
    { squaredDistance, features }: EdgeState,
    { senders, receivers }: SystemTensors['graph'],
  ): Tensor {
    const [first] = this.#message.layers;
    const [receiver, sender, edge] = first.split(this.#width, this.#width, first.inputs - 2 * this.#width);
    const fromReceiver = gather(matmul(h, receiver, { transposeB: true, bias: first.bias }), receivers); // [edges, width]
    const fromSender = gather(matmul(h, sender, { transposeB: true }), senders); // [edges, width]
    const pair = concat([squaredDistance, features], 0); // [1 + edgeWidth, edges]
    const bias = add(fromReceiver, fromSender);
    return this.#message.afterFirst(matmul(pair, edge, { transposeA: true, transposeB: true, bias }));
  }

  /** φ_h(h_i, Σ_j m_ij), the first layer taken apart likewise. */
  #nodeUpdate(h: Tensor, messages: Tensor): Tensor {
    const [first] = this.#node.layers;
    const [own, received] = first.split(this.#width, this.#width);
    const bias = matmul(h, own, { transposeB: true, bias: first.bias });
    return this.#node.afterFirst(matmul(messages, received, { transposeB: true, bias }));
  }
}

/** Σ_k vector_k · coefficient_k, with coefficients [nodes, k]. */
function drift(coefficients: Tensor, vectors: readonly Tensor[]): Tensor {
  return vectors.map((vector, k) => mul(vector, slice(coefficients, 1, k, k + 1))).reduce((a, b) => add(a, b));
}
