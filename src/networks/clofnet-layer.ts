import { type Frame, tensorize } from '../geometry/index.js';
import { sumToReceivers } from '../graphs/index.js';
import { LayerNorm, MLP, type ParameterScope, xavierUniform } from '../nn/index.js';
import { add, concat, mul, slice, type Tensor } from '../tensor/index.js';
import type { GeometricGraph } from './geometric-graph.js';
import { displacement, messages, type NodeState, nodeUpdate } from './message-passing.js';

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
  readonly #message: MLP;
  readonly #coefficients: MLP;
  readonly #drift: MLP;
  readonly #node: MLP;
  readonly #norm: LayerNorm;

  /**
   * @param edgeWidth the width of the edge features
   * @param drifts how many vectors of a node move it directly: its own, and what those of its graph add
   */
  constructor(scope: ParameterScope, width: number, edgeWidth: number, drifts = 1) {
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
  update({ x, h }: NodeState, edge: EdgeState, vectors: readonly Tensor[], { graph }: GeometricGraph): NodeState {
    const pair = concat([edge.squaredDistance, edge.features], 0); // [1 + edgeWidth, edges]
    const m = messages(this.#message, h, pair, graph); // [edges, width]
    const moved = add(x, displacement(tensorize(this.#coefficients.rowsToColumns(m), edge.frame), graph));
    return {
      x: add(moved, drift(this.#drift.rows(h), vectors)),
      h: this.#norm.rows(add(h, add(h, nodeUpdate(this.#node, h, sumToReceivers(m, graph))))),
    };
  }
}

/** Σ_k vector_k · coefficient_k, with coefficients [nodes, k]. */
function drift(coefficients: Tensor, vectors: readonly Tensor[]): Tensor {
  return vectors.map((vector, k) => mul(vector, slice(coefficients, 1, k, k + 1))).reduce((a, b) => add(a, b));
}
