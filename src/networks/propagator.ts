import { z } from 'zod';
import { UserError } from '../common/errors.js';
import { type GraphTensors, sumToReceivers } from '../graphs/index.js';
import { Linear, MLP, type Parameter, ParameterScope, xavierUniform } from '../nn/index.js';
import {
  add,
  clamp,
  concat,
  div,
  dot,
  log,
  mul,
  scatterAdd,
  slice,
  sqrt,
  sub,
  type Tensor,
  transpose,
} from '../tensor/index.js';
import {
  backbone,
  edgeOptions,
  FOLLOWS_ALL,
  type MovedGraph,
  type Network,
  type OptionsOf,
  sizeOptions,
} from './backbone.js';
import { atEdges, edgeDifferences, type GeometricGraph, scalarProducts, scalarsNamed } from './geometric-graph.js';
import {
  columnOptions,
  driftCount,
  drifts,
  type GraphVector,
  type GraphVectorsOption,
  graphVectorLengths,
  type VectorKind,
  vectorsNamed,
} from './graph-vectors.js';

/** How a {@link Propagator} is made. */
export interface PropagatorOptions {
  /** Width of the hidden layers; default 64. */
  readonly hidden?: number;
  /** Equal steps of time in which it goes; default 20. */
  readonly innerSteps?: number;
  /** How much time it covers, where vectors are velocities; default 1. */
  readonly timeSpan?: number;
  /** Further vectors that act on nodes and turn with the graph; default none. */
  readonly graphVectors?: readonly GraphVector[];
  /** The names of further numbers at nodes that pairs are told of; default none. */
  readonly nodeScalars?: readonly string[];
  /** `given`: what is known of a pair need not be the same both ways; default `products`. */
  readonly edges?: 'products' | 'given';
}

/** Keeps lengths from 0, and their slopes finite. */
const TINY = 1e-3;
/** No pair changes a velocity by more than this along an axis of its frame in an inner step. */
const MAX_KICK = 20;

const length = (v: Tensor): Tensor => sqrt(add(dot(v, v), TINY)); // [1, edges]
const bounded = (x: Tensor, most: number): Tensor => clamp(x, -most, most);

/** What a pair of nodes looks like from itself: two axes in the plane of their relative motion, and scalars. */
interface PairState {
  /** The direction from sender to receiver, [3, edges]. */
  readonly along: Tensor;
  /** What their relative velocity has across it, [3, edges]. */
  readonly across: Tensor;
  /** What the network is told of the pair, {@link PAIR_SCALARS} rows and those that are known. */
  readonly scalars: Tensor;
  readonly distance: Tensor;
}

const PAIR_SCALARS = 7;

/** The sum of what pairs do to their receivers and, in the opposite direction, to their senders: [nodes, k]. */
const sumOpposed = (pushes: Tensor, graph: GraphTensors): Tensor =>
  sub(sumToReceivers(pushes, graph), scatterAdd(pushes, graph.senders, 'nodes'));

/** What stays the same for all steps. */
interface Known {
  readonly given: GeometricGraph;
  /** Of the scalars of a pair, [1, edges]. */
  readonly product: Tensor;
  /** The further numbers of both ends, [1, edges] each. */
  readonly ends: readonly Tensor[];
}

/** The frame of a pair out of their relative position and velocity, and what is scalarized on it. */
function pairState(x: Tensor, v: Tensor, { product, ends, given }: Known): PairState {
  const [r, w] = [edgeDifferences(x, given.graph), edgeDifferences(v, given.graph)]; // [3, edges]
  const distance = length(r);
  const along = div(r, distance);
  const approach = dot(w, along); // [1, edges]
  const across = sub(w, mul(along, approach));
  const nearness = div(0.2, add(distance, 0.05));
  const scalars = concat(
    [
      product,
      div(distance, add(distance, 2)),
      bounded(log(distance), 5),
      nearness,
      bounded(approach, 10),
      bounded(length(across), 10),
      mul(product, nearness),
      ...ends,
    ],
    0,
  );
  return { along, across, scalars, distance };
}

/**
 * Carries a graph through time, in equal steps τ of one and the same network, each a drift, a kick and a drift, as the
 * leapfrog method has them:
 *
 *     x_i ← x_i + v_i τ/2
 *     v_i ← v_i + Σ_j Σ_p φ_v(s_ij)_p e_p
 *     x_i ← x_i + v_i τ/2 + τ Σ_j Σ_p φ_x(s_ij)_p e_p
 *
 * The frame of a pair is made of its relative position and velocity, r and w: e_1 = r/|r|, and e_2 the part of w across
 * it; s_ij are the product of the pair's scalars, |r|, and the components of w. Nothing of this depends on where the
 * graph is or how fast it moves as a whole, and both nodes of a pair are pushed by the same amount in opposite
 * directions: Σ v_i stays what it is, as total momentum does; unless the nodes have further numbers, as masses are, by
 * which the two may differ, or vectors that act on them. φ learns what two nodes do to each other in a time τ, and
 * not a force: a close encounter may well take less than a step.
 *
 * ClofNet's frames and tensorization (Du et al. 2022) in a learned integrator, as SEGNO (Liu et al. 2024,
 * arXiv 2308.13212) is one; that the frame is made of relative motion is ours.
 */
export class Propagator implements Network {
  readonly parameters: readonly Parameter[];
  /** Where both nodes of a pair are pushed by the same amount, it is enough to look at it once. */
  readonly pairsOnce: boolean;
  readonly #innerSteps: number;
  readonly #timeStep: number;
  readonly #graphVectors: readonly GraphVector[];
  readonly #nodeScalars: readonly string[];
  readonly #pair: MLP;
  readonly #coefficients: Linear;
  readonly #drift: MLP | undefined;

  constructor(options: PropagatorOptions = {}) {
    const {
      hidden = 64,
      innerSteps = 20,
      timeSpan = 1,
      graphVectors = [],
      nodeScalars = [],
      edges = 'products',
    } = options;
    const scope = new ParameterScope();
    this.pairsOnce = nodeScalars.length === 0 && edges === 'products';
    this.#innerSteps = innerSteps;
    this.#timeStep = timeSpan / innerSteps;
    this.#graphVectors = graphVectors;
    this.#nodeScalars = nodeScalars;
    const small = { bias: false, weight: xavierUniform(0.01) };
    const told = PAIR_SCALARS + 2 * nodeScalars.length;
    this.#pair = new MLP(scope.child('pair_mlp'), [told, hidden, hidden], { activateLast: true });
    this.#coefficients = new Linear(scope.child('coefficients'), hidden, 4, small);
    if (graphVectors.length > 0) {
      const widths = [1 + nodeScalars.length + graphVectors.length, hidden, 2 * driftCount(graphVectors)];
      this.#drift = new MLP(scope.child('drift_mlp'), widths, { last: small });
    }
    this.parameters = scope.parameters;
  }

  predict(given: GeometricGraph): MovedGraph {
    const { receivers, senders } = given.graph;
    const own = scalarsNamed(given, this.#nodeScalars);
    const ends = own.flatMap((scalar) => [atEdges(scalar, receivers), atEdges(scalar, senders)]);
    const known = { given, product: scalarProducts(given), ends };
    const half = this.#timeStep / 2;
    let { positions: x, vectors: v } = given;
    for (let step = 0; step < this.#innerSteps; step++) {
      const middle = add(x, mul(v, half));
      const change = this.#change(middle, v, known); // [nodes, 6]
      v = add(v, slice(change, 1, 0, 3));
      x = add(add(middle, mul(v, half)), mul(slice(change, 1, 3, 6), this.#timeStep));
    }
    return { positions: x, vectors: v };
  }

  /** What a step changes of every node: its velocity, and the mean of it over the step beyond that; [nodes, 6]. */
  #change(x: Tensor, v: Tensor, known: Known): Tensor {
    const { given } = known;
    const { along, across, scalars, distance } = pairState(x, v, known);
    // What acts at all fades with distance.
    const fading = div(1, add(distance, 0.3)); // [1, edges]
    const learned = mul(this.#coefficients.columns(this.#pair.columns(scalars)), fading);
    const c = bounded(learned, MAX_KICK); // [4, edges]
    const push = (k: number): Tensor => add(mul(slice(c, 0, k, k + 1), along), mul(slice(c, 0, k + 1, k + 2), across));
    const sum = this.pairsOnce ? sumOpposed : sumToReceivers;
    const ofPairs = sum(transpose(concat([push(0), push(2)], 0)), given.graph);
    return this.#drift ? add(ofPairs, this.#fieldChange(this.#drift, { ...given, vectors: v })) : ofPairs;
  }

  /** The same that further vectors do to every node by itself, [nodes, 6]. */
  #fieldChange(drift: MLP, given: GeometricGraph): Tensor {
    const directions = drifts(given, this.#graphVectors); // [nodes, 3] each
    const own = scalarsNamed(given, this.#nodeScalars);
    const c = drift.rows(concat([given.scalars, ...own, ...graphVectorLengths(given, this.#graphVectors)], 1));
    const along = (first: number): Tensor =>
      directions.map((d, k) => mul(d, slice(c, 1, first + k, first + k + 1))).reduce((a, b) => add(a, b));
    return concat([along(0), along(directions.length)], 1);
  }
}

/** {@link Propagator}, where graphs have these vectors. @param fields the option that says which it gets */
export function propagator<Vector extends string>(
  kinds: Readonly<Record<Vector, VectorKind>>,
  fields: GraphVectorsOption<Vector>,
) {
  const options = {
    hidden: sizeOptions.hidden,
    ...edgeOptions,
    innerSteps: z
      .number()
      .int()
      .positive()
      .max(1024)
      .describe('Propagator: steps of time in which it goes.')
      .default(20),
    timeSpan: z
      .number()
      .positive()
      .describe(
        'Propagator: the time from what it sees to what it predicts, where velocities are lengths a unit of it.',
      )
      .default(1),
    fields,
    ...columnOptions,
  };
  type Given = OptionsOf<typeof options, never>;
  return backbone({
    name: 'propagator',
    title: 'Propagator',
    options,
    widthParameter: 'pair_mlp.0.weight',
    follows: FOLLOWS_ALL,
    predictsVectors: () => true,
    part: ({ innerSteps = 20, timeSpan = 1, ...others }: Given, share: number) => {
      const steps = Math.round(innerSteps * share);
      if (steps < 1 || Math.abs(steps - innerSteps * share) > 1e-9) {
        throw new UserError(`is ${innerSteps}, which cannot be cut to ${Number(share.toPrecision(4))} of it`, {
          about: 'model.innerSteps',
          remedy: [
            { setting: 'model.innerSteps', action: 'change' },
            { setting: 'data.span', action: 'change' },
          ],
        });
      }
      return { ...others, innerSteps: steps, timeSpan: (timeSpan * steps) / innerSteps };
    },
    build: ({ fields, scalars: nodeScalars, vectors, ...given }: Given) =>
      new Propagator({ ...given, nodeScalars, graphVectors: vectorsNamed(kinds, fields, vectors) }),
  });
}
