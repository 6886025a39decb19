import { DEGENERATE } from '../geometry/frame.js';
import { unit } from '../geometry/index.js';
import { Linear, type Parameter, ParameterScope } from '../nn/index.js';
import { concat, constant, dot, expand, neg, type Tensor } from '../tensor/index.js';
import {
  backbone,
  edgeOptions,
  FOLLOWS_ALL,
  type MovedGraph,
  type Network,
  type NetworkSize,
  sizeOptions,
} from './backbone.js';
import { EGNNLayer } from './egnn-layer.js';
import { atEdges, edgeDifferences, type GeometricGraph, scalarProducts, vectorLengths } from './geometric-graph.js';
import type { NodeState } from './message-passing.js';

/** The size and the variant of an {@link EGNN}. */
export interface EGNNOptions extends NetworkSize {
  /**
   * Whether the vectors of nodes (velocities) move them, which then also know their lengths; default true. Without, a
   * vector is only seen along the edges: v_i · (x_j − x_i) / |x_j − x_i|.
   */
  readonly velocity?: boolean;
}

/** The E(n)-equivariant graph neural network of Satorras et al. 2021, without and with velocities. */
export class EGNN implements Network {
  readonly parameters: readonly Parameter[];
  readonly #velocity: boolean;
  readonly #embedding: Linear;
  readonly #layers: readonly EGNNLayer[];

  constructor({ hidden = 64, layers = 4, velocity = true }: EGNNOptions = {}) {
    const scope = new ParameterScope();
    this.#velocity = velocity;
    this.#embedding = new Linear(scope.child('embedding'), 1, hidden);
    const options = { width: hidden, edgeWidth: velocity ? 2 : 3, velocity };
    this.#layers = Array.from({ length: layers }, (_, k) => new EGNNLayer(scope.child(`gcl_${k}`), options));
    this.parameters = scope.parameters;
  }

  predict(given: GeometricGraph): MovedGraph {
    const feature = this.#velocity ? vectorLengths(given) : expand(constant(1), ['nodes', 1]); // [nodes, 1]
    const edge = this.#edgeFeatures(given);
    let state: NodeState = { x: given.positions, h: this.#embedding.rows(feature) };
    for (const layer of this.#layers) state = layer.update(state, edge, given);
    return { positions: state.x };
  }

  /** e_ij from the positions at the start: s_i s_j, |x_i − x_j|² and, where vectors do not drift, v_i along the edge. */
  #edgeFeatures(given: GeometricGraph): Tensor {
    const difference = edgeDifferences(given.positions, given.graph); // [3, edges]
    const features = [scalarProducts(given), dot(difference, difference)];
    if (!this.#velocity) {
      const approach = unit(neg(difference), DEGENERATE);
      features.push(dot(atEdges(given.vectors, given.graph.receivers), approach));
    }
    return concat(features, 0); // [2 or 3, edges]
  }
}

const shared = {
  options: { ...sizeOptions, ...edgeOptions },
  widthParameter: 'embedding.weight',
  follows: FOLLOWS_ALL,
};

export const egnns = [
  backbone({
    name: 'egnn',
    title: 'EGNN without velocity',
    ...shared,
    build: (options) => new EGNN({ ...options, velocity: false }),
  }),
  backbone({
    name: 'egnn_vel',
    title: 'EGNN',
    ...shared,
    build: (options) => new EGNN({ ...options, velocity: true }),
  }),
] as const;
