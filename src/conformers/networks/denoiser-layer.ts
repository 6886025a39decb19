import { type Frame, norm, pairFrame, scalarize, tensorizeAll } from '../../geometry/index.js';
import { type GraphTensors, meanToReceivers, sumToReceivers } from '../../graphs/index.js';
import { nodeUpdate } from '../../networks/message-passing.js';
import { LayerNorm, Linear, MLP, type ParameterScope, uniform, xavierUniform } from '../../nn/index.js';
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
} from '../../tensor/index.js';
import { chirality } from './chirality.js';
import type { MoleculeTensors } from './molecule-tensors.js';

/** What a layer passes on. */
export interface AtomState {
  /** Where each atom is, relative to the centre of its molecule: [nodes, 3]. */
  readonly x: Tensor;
  /** What is known of each atom, [nodes, hidden]. */
  readonly h: Tensor;
  /** Directions that each atom keeps, [nodes, 3 · vectors]; none before the first layer. */
  readonly v?: Tensor;
}

export interface DenoiserLayerOptions {
  readonly hidden: number;
  /** Directions that an atom keeps. */
  readonly vectors: number;
  /** Kinds of edge. */
  readonly edgeKinds: number;
  /** Whether the atoms have no directions yet. */
  readonly isFirst: boolean;
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
 * One layer of the denoiser: a ClofNet layer whose frames are orthonormal and recomputed from the current positions,
 * whose atoms keep directions v in addition to their positions, and in which everything that has a direction is
 * scalarized on every edge. χ_i tells how right the hands of the stereocentres around atom i are, g_i which way they
 * become more so.
 *
 *     h_i ← h_i + W χ_i
 *     s_ij = scalars of (x_i, v_i, g_i, v_j, g_j) on the frame of (i, j)
 *     m_ij = φ_m(h_i, h_j, kind_ij, d_ij, s_ij)
 *     (x_i, v_i) += mean_j Σ_p φ_x(m_ij)_p e_p
 *     h_i ← LayerNorm(h_i + φ_h(h_i, Σ_j m_ij))
 */
export class DenoiserLayer {
  readonly #kinds: Tensor;
  readonly #hands: Linear;
  readonly #message: MLP;
  readonly #coefficients: MLP;
  /** What the last layer does without. */
  readonly #update: { readonly node: MLP; readonly norm: LayerNorm } | undefined;

  constructor(scope: ParameterScope, { hidden, vectors, edgeKinds, isFirst, isLast }: DenoiserLayerOptions) {
    const directions = isFirst ? 1 : vectors + 1;
    const pair = CENTRES.length + 1 + 3 + 6 * directions;
    this.#kinds = scope.parameter('edge_kinds', [edgeKinds, hidden], uniform(-0.5, 0.5));
    this.#hands = new Linear(scope.child('hands'), 2, hidden, { bias: false });
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
  update(state: AtomState, { graph, edgeTypes, centres }: MoleculeTensors, scale: Tensor): AtomState {
    const { x, v } = state;
    const hands = chirality(x, centres);
    const h = add(state.h, this.#hands.rows(hands.scalars));
    const all = concat([x, ...(v ? [v] : []), hands.vectors], 1); // [nodes, 3 · (2 + vectors)]
    const [atI, atJ] = [graph.receivers, graph.senders].map((end) => transpose(gather(all, end)));
    const [xi, xj] = [slice(atI, 0, 0, 3), slice(atJ, 0, 0, 3)];
    const frame = pairFrame(xi, xj, 'orthonormal');
    const scalars = scalarize([atI, slice(atJ, 0, 3, Number(all.shape[1]))], frame);
    const pair = concat([distanceFeatures(norm(sub(xi, xj))), scalars], 0);
    const m = this.#messages(h, pair, edgeTypes, graph); // [edges, hidden]
    const shift = meanToReceivers(transpose(this.#tensorize(m, frame)), graph); // [nodes, 3 · (1 + vectors)]
    const moved = add(x, mul(scale, slice(shift, 1, 0, 3)));
    if (!this.#update) return { x: moved, h };
    const turned = slice(shift, 1, 3, Number(shift.shape[1]));
    return {
      x: moved,
      v: v ? add(v, turned) : turned,
      h: this.#update.norm.rows(add(h, nodeUpdate(this.#update.node, h, mul(sumToReceivers(m, graph), 0.25)))),
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
