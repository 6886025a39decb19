import { DEGENERATE } from '../geometry/frame.js';
import { unit } from '../geometry/index.js';
import { Linear, type Parameter, ParameterScope } from '../nn/index.js';
import { concat, constant, dot, expand, neg, type Tensor } from '../tensor/index.js';
import { EGNNLayer } from './egnn-layer.js';
import type { NodeState } from './message-passing.js';
import type { DynamicsModel, NetworkSize } from './model.js';
import { atEdges, chargeProducts, edgeDifferences, type SystemTensors, speeds } from './system.js';

/** The size and the variant of an {@link EGNN}. */
export interface EGNNOptions extends NetworkSize {
  /**
   * Whether velocities move the bodies, which then also know their own speed; default true. Without, a velocity is
   * only seen along the edges: v_i · (x_j − x_i) / |x_j − x_i|.
   */
  readonly velocity?: boolean;
}

/** The E(n)-equivariant graph neural network of Satorras et al. 2021, without and with velocities. */
export class EGNN implements DynamicsModel {
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

  predict(system: SystemTensors): Tensor {
    const feature = this.#velocity ? speeds(system) : expand(constant(1), ['nodes', 1]); // [nodes, 1]
    const edge = this.#edgeFeatures(system);
    let state: NodeState = { x: system.positions, h: this.#embedding.rows(feature) };
    for (const layer of this.#layers) state = layer.update(state, edge, system);
    return state.x;
  }

  /** e_ij from the positions at the start: q_i q_j, |x_i − x_j|² and, where velocities do not drift, v_i along the edge. */
  #edgeFeatures(system: SystemTensors): Tensor {
    const difference = edgeDifferences(system.positions, system.graph); // [3, edges]
    const features = [chargeProducts(system), dot(difference, difference)];
    if (!this.#velocity) {
      const approach = unit(neg(difference), DEGENERATE);
      features.push(dot(atEdges(system.velocities, system.graph.receivers), approach));
    }
    return concat(features, 0); // [2 or 3, edges]
  }
}
