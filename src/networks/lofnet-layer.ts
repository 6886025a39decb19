import { type GraphTensors, sumToReceivers } from '../graphs/index.js';
import { Linear, MLP, type ParameterScope } from '../nn/index.js';
import { add, concat, cross, gather, mul, silu, type Tensor } from '../tensor/index.js';
import { limitedTo, parts, vectorDot } from './channel-vectors.js';
import type { SharedEncoderOptions } from './encoder-options.js';

/**
 * What a layer passes on: scalars [nodes, hidden] and, behind the first layer, vectors [3, nodes, hidden].
 */
export interface NodeState {
  readonly scalars: Tensor;
  readonly vectors?: Tensor;
}

/** What all layers see of edges. */
export interface SeenEdges {
  /** From the receiver to the sender, of length 1, [3, edges, 1]. */
  readonly directions: Tensor;
  /** Functions of the distance, [edges, basis]. */
  readonly basis: Tensor;
}

/** The frames of edges: what makes their axes, and what is seen on them. */
class EdgeFrames {
  readonly #axes: Linear;
  readonly #seen: Linear;
  readonly #scalars: Linear;
  readonly #hasHands: boolean;

  constructor(scope: ParameterScope, { hidden, axes, parity }: SharedEncoderOptions) {
    this.#hasHands = parity === 'any';
    this.#axes = new Linear(scope.child('axes'), hidden, axes, { bias: false });
    this.#seen = new Linear(scope.child('seen'), hidden, axes, { bias: false });
    this.#scalars = new Linear(scope.child('scalars'), (this.#hasHands ? 4 : 3) * axes, hidden, { bias: false });
  }

  /** What the vectors at both ends of edges are on their frames, as a term of the hidden layer: [edges, hidden]. */
  rows(vectors: Tensor, { receivers, senders }: GraphTensors, u: Tensor): Tensor {
    const own = gather(this.#axes.rows(vectors), receivers, 1); // [3, edges, axes]
    const seen = gather(this.#seen.rows(vectors), senders, 1);
    const components = [vectorDot(own, u), vectorDot(seen, u), vectorDot(own, seen)];
    const hands = this.#hasHands ? [vectorDot(cross(own, u), seen)] : [];
    return this.#scalars.rows(concat([...components, ...hands], 1));
  }
}

/** One layer of a {@link Lofnet}: messages along edges, then an update of every node by itself. */
export class LofnetLayer {
  readonly #own: Linear;
  readonly #other: Linear;
  readonly #distance: Linear;
  readonly #frames: EdgeFrames | undefined;
  readonly #coefficients: Linear;
  readonly #filter: Linear;
  readonly #mix: Linear;
  readonly #update: MLP;
  /** With what hands are multiplied, where parity is even. */
  readonly #hands: Linear | undefined;

  /** @param hasVectors whether nodes have vectors before the layer */
  constructor(scope: ParameterScope, options: SharedEncoderOptions, hasVectors: boolean) {
    const { hidden, basis, parity } = options;
    const without = { bias: false };
    const kinds = hasVectors ? 3 : 2;
    this.#own = new Linear(scope.child('own'), hidden, hidden);
    this.#other = new Linear(scope.child('other'), hidden, hidden, without);
    this.#distance = new Linear(scope.child('distance'), basis, hidden, without);
    if (hasVectors) this.#frames = new EdgeFrames(scope.child('frames'), options);
    this.#coefficients = new Linear(scope.child('coefficients'), hidden, kinds * hidden);
    this.#filter = new Linear(scope.child('filter'), basis, kinds * hidden, without);
    this.#mix = new Linear(scope.child('mix'), hidden, 4 * hidden, without);
    if (parity === 'even') this.#hands = new Linear(scope.child('hands'), hidden, hidden, without);
    this.#update = new MLP(scope.child('update'), [4 * hidden, hidden, 3 * hidden]);
  }

  run(state: NodeState, graph: GraphTensors, edges: SeenEdges): Required<NodeState> {
    const { scalars, vectors } = this.#receive(state, graph, edges);
    const [a, b, c, d] = parts(this.#mix.rows(vectors), 4); // [3, nodes, hidden] each
    const dots = vectorDot(a, b);
    const known = concat([scalars, dots, vectorDot(a, a), this.#handedness([a, b, c])], 1);
    const [plus, ofDots, ofVectors] = parts(this.#update.rows(known), 3);
    return {
      scalars: add(add(scalars, plus), mul(ofDots, dots)),
      vectors: add(vectors, mul(ofVectors, d)),
    };
  }

  /** The hands of triples of vectors: pseudo-scalars, or where parity is even, products of two of them. */
  #handedness(triple: readonly Tensor[]): Tensor {
    const [a, b, c] = parts(limitedTo(concat(triple, 2), 1), 3);
    const hands = vectorDot(cross(a, b), c);
    return this.#hands ? mul(hands, this.#hands.rows(hands)) : hands;
  }

  /** The sums over what comes along edges, added to what nodes have. */
  #receive(state: NodeState, graph: GraphTensors, edges: SeenEdges): Required<NodeState> {
    const { scalars, vectors } = state;
    const coefficients = parts(this.#coefficientsOf(state, graph, edges), this.#frames ? 3 : 2);
    const [ofScalars, along, across] = coefficients; // [edges, hidden] each
    const pushed = mul(along, edges.directions); // [3, edges, hidden]
    const carried = vectors && across && add(pushed, mul(across, gather(vectors, graph.senders, 1)));
    const sums = sumToReceivers(carried ?? pushed, graph, 1);
    return {
      scalars: add(scalars, sumToReceivers(ofScalars, graph)),
      vectors: vectors ? add(vectors, sums) : sums,
    };
  }

  #coefficientsOf({ scalars, vectors }: NodeState, graph: GraphTensors, { basis, directions }: SeenEdges): Tensor {
    const { receivers, senders } = graph;
    const ofEnds = add(gather(this.#own.rows(scalars), receivers), gather(this.#other.rows(scalars), senders));
    const ofPair = add(ofEnds, this.#distance.rows(basis));
    const hidden = vectors && this.#frames ? add(ofPair, this.#frames.rows(vectors, graph, directions)) : ofPair;
    return mul(this.#coefficients.rows(silu(hidden)), this.#filter.rows(basis));
  }
}
