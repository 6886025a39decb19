import { type Frame, norm, pairFrame, scalarize, tensorizeAll } from '../geometry/index.js';
import { type GraphTensors, meanToReceivers, sumToReceivers } from '../graphs/index.js';
import { LayerNorm, MLP, type ParameterScope, uniform, xavierUniform } from '../nn/index.js';
import {
  add,
  concat,
  constant,
  div,
  exp,
  gather,
  log,
  matmul,
  mul,
  slice,
  square,
  sub,
  type Tensor,
  transpose,
} from '../tensor/index.js';
import { nodeUpdate } from './message-passing.js';

/** What a layer passes on. */
export interface AtomState {
  /** Where each atom is, relative to the centre of its molecule: [nodes, 3]. */
  readonly x: Tensor;
  /** What is known of each atom, [nodes, hidden]. */
  readonly h: Tensor;
  /** Directions that each atom keeps, [nodes, 3 · vectors]. */
  readonly v: Tensor;
}

export interface DenoiserLayerOptions {
  readonly hidden: number;
  /** Directions that an atom keeps. */
  readonly vectors: number;
  /** Kinds of edge. */
  readonly edgeKinds: number;
  /** Whether only the positions are wanted after this layer. */
  readonly isLast: boolean;
}

/** Where the Gaussians of the distance basis stand, in ångström: closer where bonds are. */
const CENTRES = [0.4, 0.8, 1.1, 1.4, 1.7, 2.0, 2.4, 2.8, 3.2, 3.7, 4.3, 5, 6, 7.5, 9.5, 12];
/** Their widths: the distance to the next. */
const WIDTHS = CENTRES.map((centre, k) => (CENTRES[k + 1] ?? 15) - centre);

/** [1, edges] → [basis + 1, edges]: Gaussians of the distance, and its logarithm. */
function distanceFeatures(d: Tensor): Tensor {
  const column = (values: readonly number[]): Tensor => constant(values, [values.length, 1]);
  const gaussians = exp(mul(square(div(sub(d, column(CENTRES)), column(WIDTHS))), -0.5));
  return concat([gaussians, log(add(d, 1))], 0);
}

/**
 * One layer of the denoiser: a ClofNet layer whose frames are orthonormal and made anew from the current positions,
 * whose atoms keep directions beside their positions, and in which everything that has a direction is scalarized on
 * every edge.
 *
 *     s_ij = scalars of (x_i, v_i, v_j) on the frame of (i, j)
 *     m_ij = φ_m(h_i, h_j, kind_ij, d_ij, s_ij)
 *     (x_i, v_i) += mean_j Σ_p φ_x(m_ij)_p e_p
 *     h_i ← LayerNorm(h_i + φ_h(h_i, Σ_j m_ij))
 */
export class DenoiserLayer {
  readonly #kinds: Tensor;
  readonly #message: MLP;
  readonly #coefficients: MLP;
  /** What the last layer does without. */
  readonly #update: { readonly node: MLP; readonly norm: LayerNorm } | undefined;

  constructor(scope: ParameterScope, { hidden, vectors, edgeKinds, isLast }: DenoiserLayerOptions) {
    const pair = CENTRES.length + 1 + 3 + 6 * vectors;
    this.#kinds = scope.parameter('edge_kinds', [edgeKinds, hidden], uniform(-0.5, 0.5));
    this.#message = new MLP(scope.child('message'), [2 * hidden + pair, hidden, hidden], { activateLast: true });
    this.#coefficients = new MLP(scope.child('coefficients'), [hidden, hidden, isLast ? 3 : 3 * (1 + vectors)], {
      last: { bias: false, weight: xavierUniform(0.1) },
    });
    if (isLast) return;
    this.#update = {
      node: new MLP(scope.child('node'), [2 * hidden, hidden, hidden]),
      norm: new LayerNorm(scope.child('norm'), hidden),
    };
  }

  /** @param scale what the shift of a position is multiplied by, [nodes, 1] */
  update({ x, h, v }: AtomState, edgeTypes: Tensor, scale: Tensor, graph: GraphTensors): AtomState {
    const all = concat([x, v], 1); // [nodes, 3 + 3 · vectors]
    const [atI, atJ] = [graph.receivers, graph.senders].map((end) => transpose(gather(all, end)));
    const part = (t: Tensor, from: number, to: number): Tensor => slice(t, 0, from, to);
    const [xi, xj] = [part(atI, 0, 3), part(atJ, 0, 3)];
    const width = 3 + Number(v.shape[1]);
    const frame = pairFrame(xi, xj, 'orthonormal');
    const d = norm(sub(xi, xj)); // [1, edges]
    const scalars = scalarize([atI, part(atJ, 3, width)], frame);
    const pair = concat([distanceFeatures(d), scalars], 0);
    const m = this.#messages(h, pair, edgeTypes, graph); // [edges, hidden]
    const shift = meanToReceivers(transpose(this.#tensorize(m, frame)), graph); // [nodes, 3 + 3 · vectors]
    const moved = add(x, mul(scale, slice(shift, 1, 0, 3)));
    if (!this.#update) return { x: moved, h, v };
    const { node, norm: layerNorm } = this.#update;
    return {
      x: moved,
      v: add(v, slice(shift, 1, 3, width)),
      h: layerNorm.rows(add(h, nodeUpdate(node, h, mul(sumToReceivers(m, graph), 0.25)))),
    };
  }

  #tensorize(m: Tensor, frame: Frame): Tensor {
    return tensorizeAll(this.#coefficients.rowsToColumns(m), frame);
  }

  #messages(h: Tensor, pair: Tensor, edgeTypes: Tensor, { receivers, senders }: GraphTensors): Tensor {
    const [first] = this.#message.layers;
    const width = Number(h.shape[1]);
    const [receiver, sender, edge] = first.split(width, width, first.inputs - 2 * width);
    const fromReceiver = gather(matmul(h, receiver, { transposeB: true, bias: first.bias }), receivers);
    const fromSender = gather(matmul(h, sender, { transposeB: true }), senders);
    const bias = add(add(fromReceiver, fromSender), gather(this.#kinds, edgeTypes));
    return this.#message.afterFirst(matmul(pair, edge, { transposeA: true, transposeB: true, bias }));
  }
}
