import { shorten } from '../geometry/vector.js';
import { sumToReceivers } from '../graphs/index.js';
import { MLP, type ParameterScope, xavierUniform } from '../nn/index.js';
import { add, concat, dot, maximum, mul, silu, type Tensor } from '../tensor/index.js';
import { edgeDifferences, type GeometricGraph } from './geometric-graph.js';
import { displacement, messages, type NodeState, nodeUpdate } from './message-passing.js';

export interface EGNNLayerOptions {
  /** Width of the node features. */
  readonly width: number;
  /** Width of the edge features. */
  readonly edgeWidth: number;
  /** Whether the vectors of nodes move them. */
  readonly velocity: boolean;
}

/** x where it is positive, 0.2·x where it is not. */
const leakyReLU = (x: Tensor): Tensor => maximum(x, mul(x, 0.2));

/**
 * One layer of an E(n)-equivariant graph neural network (Satorras et al. 2021, eqs. 3 to 7):
 *
 *     m_ij = φ_m(h_i, h_j, |x_i − x_j|², e_ij)
 *     x_i ← x_i + mean_j d_ij φ_x(m_ij) [+ v_i φ_v(h_i)]
 *     h_i ← h_i + φ_h(h_i, Σ_j m_ij)
 *
 * The two published networks differ in more than the bracket. Without vectors d_ij = x_i − x_j and the activation
 * is a leaky ReLU; with them d_ij = (x_i − x_j) / (|x_i − x_j| + 1) and the activation is SiLU.
 */
export class EGNNLayer {
  readonly #message: MLP;
  readonly #node: MLP;
  readonly #coefficient: MLP;
  readonly #drift: MLP | undefined;

  constructor(scope: ParameterScope, { width, edgeWidth, velocity }: EGNNLayerOptions) {
    const activation = velocity ? silu : leakyReLU;
    this.#message = new MLP(scope.child('edge_mlp'), [2 * width + 1 + edgeWidth, width, width], {
      activation,
      activateLast: true,
    });
    this.#node = new MLP(scope.child('node_mlp'), [2 * width, width, width], { activation });
    this.#coefficient = new MLP(scope.child('coord_mlp'), [width, width, 1], {
      activation,
      last: { bias: false, weight: xavierUniform(0.001) },
    });
    if (velocity) this.#drift = new MLP(scope.child('coord_mlp_vel'), [width, width, 1]);
  }

  /** @param features e_ij, [edgeWidth, edges] */
  update({ x, h }: NodeState, features: Tensor, { graph, vectors }: GeometricGraph): NodeState {
    const difference = edgeDifferences(x, graph); // [3, edges]
    const pair = concat([dot(difference, difference), features], 0); // [1 + edgeWidth, edges]
    const m = messages(this.#message, h, pair, graph); // [edges, width]
    const direction = this.#drift ? shorten(difference) : difference;
    const shift = mul(direction, this.#coefficient.rowsToColumns(m)); // [3, edges]
    const moved = add(x, displacement(shift, graph));
    return {
      x: this.#drift ? add(moved, mul(vectors, this.#drift.rows(h))) : moved,
      h: add(h, nodeUpdate(this.#node, h, sumToReceivers(m, graph))),
    };
  }
}
