import type { FrameForm } from '../geometry/index.js';
import { graphMean } from '../graphs/index.js';
import { Linear, type Parameter, ParameterScope } from '../nn/index.js';
import { add, concat, sub, type Tensor } from '../tensor/index.js';
import { ClofNetLayer } from './clofnet-layer.js';
import { type ClofNetVariant, EdgeFeatures } from './edge-features.js';
import { edgeGeometry } from './edge-scalars.js';
import { bodyFieldScalars, bodyScalarCount, driftCount, fieldDrifts } from './fields.js';
import type { NodeState } from './message-passing.js';
import type { DynamicsModel } from './model.js';
import { type FieldName, type SystemTensors, speeds } from './system.js';

/** The size and the variant of a {@link ClofNet}. */
export interface ClofNetOptions {
  /** Width of the node features, even; default 64. */
  readonly hidden?: number;
  /** Number of message-passing layers; default 4. */
  readonly layers?: number;
  /** How the axes of frames are made; default `published`. */
  readonly frame?: FrameForm;
  /** What is scalarized; default `velocity`. */
  readonly variant?: ClofNetVariant;
  /** `once`, as published: vectors are put on the frames of the input. `every-layer`: anew on each layer's frames. */
  readonly scalarize?: 'once' | 'every-layer';
  /** Whether a body's own charge is a feature of it; default false, as published. */
  readonly charges?: boolean;
  /** External fields that the network gets as inputs and that turn with the system; default none, as published. */
  readonly fields?: readonly FieldName[];
  /** For the variant `gaussian`: how many kinds of edge its weights have room for; default 8, of which 2 are used. */
  readonly edgeKinds?: number;
}

/** ClofNet (Du et al. 2022): predicts where the bodies of a system will be. */
export class ClofNet implements DynamicsModel {
  readonly parameters: readonly Parameter[];
  readonly #frame: FrameForm;
  readonly #charges: boolean;
  readonly #fields: readonly FieldName[];
  readonly #embedding: Linear;
  /** One for all layers, or one a layer. */
  readonly #edgeFeatures: readonly EdgeFeatures[];
  readonly #layers: readonly ClofNetLayer[];

  constructor(options: ClofNetOptions = {}) {
    const { hidden = 64, layers = 4, frame = 'published', variant = 'velocity', edgeKinds = 8 } = options;
    const { scalarize = 'once', charges = false, fields = [] } = options;
    const scope = new ParameterScope();
    const width = hidden / 2;
    this.#frame = frame;
    this.#charges = charges;
    this.#fields = fields;
    this.#embedding = new Linear(scope.child('embedding_node'), 1 + Number(charges) + bodyScalarCount(fields), hidden);
    const edgeScopes =
      scalarize === 'once' ? [scope] : Array.from({ length: layers }, (_, k) => scope.child(`gcl_${k}`));
    this.#edgeFeatures = edgeScopes.map((part) => new EdgeFeatures(part, { variant, width, edgeKinds, fields }));
    const drifts = 1 + driftCount(fields);
    this.#layers = Array.from(
      { length: layers },
      (_, k) => new ClofNetLayer(scope.child(`gcl_${k}`), hidden, width, drifts),
    );
    this.parameters = scope.parameters;
  }

  predict(system: SystemTensors): Tensor {
    const { positions, velocities, graph } = system;
    const middle = graphMean(positions, graph); // [nodes, 3]
    const drifts = [velocities, ...fieldDrifts(system, this.#fields)]; // [nodes, 3] each
    let state: NodeState = { x: sub(positions, middle), h: this.#embedding.rows(this.#bodyFeatures(system)) };
    let features: Tensor | undefined;
    for (const [k, layer] of this.#layers.entries()) {
      const geometry = edgeGeometry(state.x, system, this.#frame);
      features = this.#edgeFeatures[k]?.columns(geometry, system) ?? features; // [width, edges]
      if (features) state = layer.update(state, { ...geometry, features }, drifts, system);
    }
    return add(state.x, middle);
  }

  /** |v_i| and, where asked for, the charge and what the fields say of a body: [nodes, k]. */
  #bodyFeatures(system: SystemTensors): Tensor {
    const own = this.#charges ? [system.charges] : [];
    return concat([speeds(system), ...own, ...bodyFieldScalars(system, this.#fields)], 1);
  }
}
