import { type Frame, tensorize } from '../geometry/index.js';
import { type GraphTensors, sumToReceivers } from '../graphs/index.js';
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

/** What a layer passes on: of every node its place, its features, and what has become of its vector. */
export interface MovingState extends NodeState {
  /** The vectors of the nodes, [nodes, 3]. */
  readonly v: Tensor;
}

/** What all of a layer's motions follow from. */
interface Moved {
  /** Messages, [edges, width]. */
  readonly m: Tensor;
  /** Features, [nodes, width]. */
  readonly h: Tensor;
  readonly frame: Frame;
  /** The vectors d_k that move a node directly, each [nodes, 3]. */
  readonly directions: readonly Tensor[];
  readonly graph: GraphTensors;
}

/** How a layer changes something with a direction: y_i ← y_i + mean_j Σ_p φ(m_ij)_p e_p + Σ_k d_k φ_d(h_i)_k. */
class Motion {
  readonly #coefficients: MLP;
  readonly #drift: MLP;

  constructor(scope: ParameterScope, name: string, width: number, drifts: number) {
    this.#coefficients = new MLP(scope.child(name), [width, width, 3], {
      last: { bias: false, weight: xavierUniform(0.001) },
    });
    this.#drift = new MLP(scope.child(`${name}_vel`), [width, width, drifts]);
  }

  /** [nodes, 3] → [nodes, 3] */
  move(y: Tensor, { m, h, frame, directions, graph }: Moved): Tensor {
    const moved = add(y, displacement(tensorize(this.#coefficients.rowsToColumns(m), frame), graph));
    return add(moved, drift(this.#drift.rows(h), directions));
  }
}

/** The widths of a {@link ClofNetLayer}, and what it moves. */
export interface ClofNetLayerOptions {
  /** Width of the node features. */
  readonly width: number;
  /** Width of the edge features. */
  readonly edgeWidth: number;
  /** How many vectors of a node move it directly: its own, and what those of its graph add; default 1. */
  readonly drifts?: number;
  /** Whether the vectors of nodes change too; default false. */
  readonly vectors?: boolean;
}

/**
 * One message-passing layer of ClofNet (Du et al. 2022, section 4):
 *
 *     m_ij = φ_m(h_i, h_j, |x_i − x_j|², e_ij)
 *     x_i ← x_i + mean_j Σ_p φ_x(m_ij)_p e_p + v_i φ_v(h_i)
 *     h_i ← LayerNorm(h_i + (h_i + φ_h(h_i, Σ_j m_ij)))
 *
 * where e_p are the axes of the frame of (i, j): the sum over p is the tensorization. Where vectors change too, which
 * is not in the paper, they do as the positions do, with coefficients of their own; v_i above stays what it was.
 */
export class ClofNetLayer {
  readonly #message: MLP;
  readonly #positions: Motion;
  readonly #vectors: Motion | undefined;
  readonly #node: MLP;
  readonly #norm: LayerNorm;

  constructor(scope: ParameterScope, { width, edgeWidth, drifts = 1, vectors = false }: ClofNetLayerOptions) {
    this.#message = new MLP(scope.child('edge_mlp'), [2 * width + 1 + edgeWidth, width, width, width], {
      activateLast: true,
    });
    this.#node = new MLP(scope.child('node_mlp'), [2 * width, width, width]);
    this.#positions = new Motion(scope, 'coord_mlp', width, drifts);
    this.#norm = new LayerNorm(scope.child('layer_norm'), width);
    if (vectors) this.#vectors = new Motion(scope, 'velocity_mlp', width, drifts);
  }

  /** @param directions the vectors that move a node directly, each [nodes, 3] */
  update(
    { x, v, h }: MovingState,
    edge: EdgeState,
    directions: readonly Tensor[],
    { graph }: GeometricGraph,
  ): MovingState {
    const pair = concat([edge.squaredDistance, edge.features], 0); // [1 + edgeWidth, edges]
    const m = messages(this.#message, h, pair, graph); // [edges, width]
    const moved = { m, h, frame: edge.frame, directions, graph };
    return {
      x: this.#positions.move(x, moved),
      v: this.#vectors?.move(v, moved) ?? v,
      h: this.#norm.rows(add(h, add(h, nodeUpdate(this.#node, h, sumToReceivers(m, graph))))),
    };
  }
}

/** Σ_k vector_k · coefficient_k, with coefficients [nodes, k]. */
function drift(coefficients: Tensor, vectors: readonly Tensor[]): Tensor {
  return vectors.map((vector, k) => mul(vector, slice(coefficients, 1, k, k + 1))).reduce((a, b) => add(a, b));
}
