import { type GraphTensors, sumToReceivers } from '../graphs/index.js';
import { LayerNorm, Linear, MLP, type ParameterScope } from '../nn/index.js';
import { add, concat, cross, gather, mul, silu, type Tensor } from '../tensor/index.js';
import { limitedTo, parts, vectorDot } from './channel-vectors.js';
import type { Encoding } from './encoder.js';
import type { SharedEncoderOptions } from './encoder-options.js';

/** What all layers see of edges. */
export interface LocalEdges {
  /** From the receiver to the sender, of length 1, [3, edges, 1]. */
  readonly directions: Tensor;
  /** Functions of the distance, [edges, basis]. */
  readonly basis: Tensor;
  /** 1 at the receiver and 0 at the cutoff, [edges, 1]. */
  readonly fade: Tensor;
}

/** ε of the second axis: how long u × a is where the axis is 1/√2 long. Smaller ones make forces change faster. */
const SOFTNESS = 0.3;

/** The axes of every edge, [3, edges, 1] each. The second is a pseudo-vector. */
type LocalFrame = readonly [along: Tensor, across: Tensor, third: Tensor];

/** @param a a vector of the receiver, [3, edges, 1] */
function localFrame(directions: Tensor, a: Tensor): LocalFrame {
  const across = limitedTo(cross(directions, a), SOFTNESS);
  return [directions, across, cross(directions, across)];
}

/** What is seen of edges on their frames. */
interface Seen {
  /** Numbers that no motion changes, [edges, n · axes]. */
  readonly scalars: Tensor;
  /** Numbers that a mirror turns around, [edges, 2 · axes]; only where parity is even. */
  readonly hands: Tensor | undefined;
}

/** One layer of a `LocalClofNet`. */
export class LocalClofNetLayer {
  readonly #isEven: boolean;
  readonly #axis: Linear;
  readonly #own: Linear;
  readonly #seen: Linear;
  readonly #receiver: Linear;
  readonly #sender: Linear;
  readonly #pair: Linear;
  readonly #message: Linear;
  readonly #coefficients: Linear;
  readonly #hands: Linear | undefined;
  readonly #node: MLP;
  readonly #norm: LayerNorm;

  constructor(scope: ParameterScope, { hidden, basis, axes, parity }: SharedEncoderOptions) {
    const without = { bias: false };
    this.#isEven = parity === 'even';
    this.#axis = new Linear(scope.child('axis'), hidden, 1, without);
    this.#own = new Linear(scope.child('own'), hidden, axes, without);
    this.#seen = new Linear(scope.child('seen'), hidden, axes, without);
    this.#receiver = new Linear(scope.child('receiver'), hidden, hidden);
    this.#sender = new Linear(scope.child('sender'), hidden, hidden, without);
    this.#pair = new Linear(scope.child('pair'), basis + (this.#isEven ? 7 : 6) * axes, hidden, without);
    this.#message = new Linear(scope.child('message'), hidden, hidden);
    this.#coefficients = new Linear(scope.child('coefficients'), hidden, 3 * hidden);
    if (this.#isEven) this.#hands = new Linear(scope.child('hands'), 2 * axes, hidden, without);
    this.#node = new MLP(scope.child('node'), [2 * hidden, hidden, hidden]);
    this.#norm = new LayerNorm(scope.child('norm'), hidden);
  }

  /** @param state vectors are [3, nodes, hidden] */
  run({ scalars, vectors }: Encoding, graph: GraphTensors, edges: LocalEdges): Encoding {
    const frame = localFrame(edges.directions, gather(this.#axis.rows(vectors), graph.receivers, 1));
    const seen = this.#scalarize(vectors, graph, frame);
    const messages = this.#messages(scalars, graph, edges, seen); // [edges, hidden]
    const sums = concat([scalars, sumToReceivers(messages, graph)], 1);
    return {
      scalars: this.#norm.rows(add(scalars, this.#node.rows(sums))),
      vectors: add(vectors, sumToReceivers(this.#tensorize(messages, frame, seen, edges), graph, 1)),
    };
  }

  #scalarize(vectors: Tensor, { receivers, senders }: GraphTensors, frame: LocalFrame): Seen {
    const ends = [gather(this.#own.rows(vectors), receivers, 1), gather(this.#seen.rows(vectors), senders, 1)];
    const [[own1, own2, own3], [seen1, seen2, seen3]] = ends.map((end) => frame.map((axis) => vectorDot(end, axis)));
    if (!this.#isEven) return { scalars: concat([own1, own2, own3, seen1, seen2, seen3], 1), hands: undefined };
    const products = [mul(own2, own2), mul(own2, seen2), mul(seen2, seen2)];
    return { scalars: concat([own1, own3, seen1, seen3, ...products], 1), hands: concat([own2, seen2], 1) };
  }

  #messages(scalars: Tensor, graph: GraphTensors, { basis, fade }: LocalEdges, seen: Seen): Tensor {
    const ofEnds = add(
      gather(this.#receiver.rows(scalars), graph.receivers),
      gather(this.#sender.rows(scalars), graph.senders),
    );
    const hidden = silu(add(ofEnds, this.#pair.rows(concat([basis, seen.scalars], 1))));
    return mul(silu(this.#message.rows(hidden)), fade);
  }

  /** Σ_p c_p e_p of every edge, [3, edges, hidden]. */
  #tensorize(messages: Tensor, frame: LocalFrame, { hands }: Seen, { fade }: LocalEdges): Tensor {
    const [along, across, third] = parts(mul(this.#coefficients.rows(messages), fade), 3);
    const turning = hands && this.#hands ? mul(across, this.#hands.rows(hands)) : across;
    return [along, turning, third].map((coefficient, p) => mul(coefficient, frame[p])).reduce((a, b) => add(a, b));
  }
}
