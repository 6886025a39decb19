import type { FrameForm } from '../geometry/index.js';
import { graphMean } from '../graphs/index.js';
import { Linear, type Parameter, ParameterScope } from '../nn/index.js';
import { add, sub, type Tensor } from '../tensor/index.js';
import { ClofNetLayer, type EdgeState } from './clofnet-layer.js';
import { type ClofNetVariant, EdgeFeatures } from './edge-features.js';
import { edgeGeometry } from './edge-scalars.js';
import type { NodeState } from './message-passing.js';
import type { DynamicsModel } from './model.js';
import { type SystemTensors, speeds } from './system.js';

export interface ClofNetOptions {
  /** Width of the node features; default 64. */
  readonly hidden?: number;
  /** Number of message-passing layers; default 4. */
  readonly layers?: number;
  readonly frame?: FrameForm;
  /** What is scalarized; default `velocity`. */
  readonly variant?: ClofNetVariant;
  /** For the variant `gaussian`: how many kinds of edge its weights have room for; default 8, of which 2 are used. */
  readonly edgeKinds?: number;
}

/** ClofNet (Du et al. 2022): predicts where the bodies of a system will be. */
export class ClofNet implements DynamicsModel {
  readonly parameters: readonly Parameter[];
  readonly #frame: FrameForm;
  readonly #embedding: Linear;
  readonly #edgeFeatures: EdgeFeatures;
  readonly #layers: readonly ClofNetLayer[];

  constructor({
    hidden = 64,
    layers = 4,
    frame = 'published',
    variant = 'velocity',
    edgeKinds = 8,
  }: ClofNetOptions = {}) {
    const scope = new ParameterScope();
    const edgeWidth = hidden / 2;
    this.#frame = frame;
    this.#embedding = new Linear(scope.child('embedding_node'), 1, hidden);
    this.#edgeFeatures = new EdgeFeatures(scope, { variant, width: edgeWidth, edgeKinds });
    this.#layers = Array.from(
      { length: layers },
      (_, k) => new ClofNetLayer(scope.child(`gcl_${k}`), hidden, edgeWidth),
    );
    this.parameters = scope.parameters;
  }

  predict(system: SystemTensors): Tensor {
    const { positions, velocities, graph } = system;
    const middle = graphMean(positions, graph); // [nodes, 3]
    const x = sub(positions, middle);
    const features = this.#edgeFeatures.columns(edgeGeometry(x, system, this.#frame), system); // [edgeWidth, edges]
    let state: NodeState = { x, h: this.#embedding.rows(speeds(system)) };
    for (const layer of this.#layers)
      state = layer.update(state, this.#edges(state.x, features, system), [velocities], system);
    return add(state.x, middle);
  }

  #edges(x: Tensor, features: Tensor, system: SystemTensors): EdgeState {
    return { ...edgeGeometry(x, system, this.#frame), features };
  }
}
