import type { FrameForm } from '../geometry/index.js';
import { graphMean } from '../graphs/index.js';
import { Linear, type Parameter, ParameterScope } from '../nn/index.js';
import { add, concat, sub, type Tensor } from '../tensor/index.js';
import type { MovedGraph, Network, NetworkSize } from './backbone.js';
import { ClofNetLayer, type MovingState } from './clofnet-layer.js';
import { type ClofNetVariant, EdgeFeatures } from './edge-features.js';
import { edgeGeometry } from './edge-scalars.js';
import { type GeometricGraph, scalarsNamed, vectorLengths } from './geometric-graph.js';
import { driftCount, drifts, type GraphVector, nodeScalarCount, nodeScalars } from './graph-vectors.js';

/** The width of the node features is even here: edges have half as many. */
export interface ClofNetOptions extends NetworkSize {
  /** How the axes of frames are made; default `published`. */
  readonly frame?: FrameForm;
  /** What is scalarized; default `velocity`. */
  readonly variant?: ClofNetVariant;
  /**
   * `once`, as published: vectors are scalarized on the frames of the input. `every-layer`: again on each layer's
   * frames.
   */
  readonly scalarize?: 'once' | 'every-layer';
  /** Whether a node's own scalar is a feature of it; default false, as published. */
  readonly charges?: boolean;
  /**
   * Whether the network predicts the vectors of nodes (velocities) too; default false, as published. What they are
   * scalarized and drift by stays the input.
   */
  readonly velocities?: boolean;
  /** Further vectors that the network gets as inputs and that turn with the graph; default none, as published. */
  readonly graphVectors?: readonly GraphVector[];
  /** The names of further numbers at nodes that are features of them; default none, as published. */
  readonly nodeScalars?: readonly string[];
  /** For the variant `gaussian`: how many kinds of edge its weights have room for; default 8, of which 2 are used. */
  readonly edgeKinds?: number;
}

/** ClofNet (Du et al. 2022): predicts where the nodes of a graph in space come to lie. */
export class ClofNet implements Network {
  readonly parameters: readonly Parameter[];
  readonly #frame: FrameForm;
  readonly #charges: boolean;
  readonly #velocities: boolean;
  readonly #graphVectors: readonly GraphVector[];
  readonly #nodeScalars: readonly string[];
  readonly #embedding: Linear;
  /** One for all layers, or one a layer. */
  readonly #edgeFeatures: readonly EdgeFeatures[];
  readonly #layers: readonly ClofNetLayer[];

  constructor(options: ClofNetOptions = {}) {
    const { hidden = 64, layers = 4, frame = 'published', variant = 'velocity', edgeKinds = 8 } = options;
    const { scalarize = 'once', charges = false, velocities = false } = options;
    const { graphVectors = [], nodeScalars: own = [] } = options;
    const scope = new ParameterScope();
    const width = hidden / 2;
    this.#frame = frame;
    this.#charges = charges;
    this.#velocities = velocities;
    this.#graphVectors = graphVectors;
    this.#nodeScalars = own;
    const known = 1 + Number(charges) + own.length + nodeScalarCount(graphVectors);
    this.#embedding = new Linear(scope.child('embedding_node'), known, hidden);
    const edgeScopes =
      scalarize === 'once' ? [scope] : Array.from({ length: layers }, (_, k) => scope.child(`gcl_${k}`));
    this.#edgeFeatures = edgeScopes.map((part) => new EdgeFeatures(part, { variant, width, edgeKinds, graphVectors }));
    const widths = { width: hidden, edgeWidth: width, drifts: 1 + driftCount(graphVectors) };
    this.#layers = Array.from(
      { length: layers },
      (_, k) => new ClofNetLayer(scope.child(`gcl_${k}`), { ...widths, vectors: velocities }),
    );
    this.parameters = scope.parameters;
  }

  predict(given: GeometricGraph): MovedGraph {
    const { positions, vectors, graph } = given;
    const middle = graphMean(positions, graph); // [nodes, 3]
    const directions = [vectors, ...drifts(given, this.#graphVectors)]; // [nodes, 3] each
    const h = this.#embedding.rows(this.#nodeFeatures(given));
    let state: MovingState = { x: sub(positions, middle), v: vectors, h };
    let features: Tensor | undefined;
    for (const [k, layer] of this.#layers.entries()) {
      const geometry = edgeGeometry(state.x, given, this.#frame);
      features = this.#edgeFeatures[k]?.columns(geometry, given) ?? features; // [width, edges]
      if (features) state = layer.update(state, { ...geometry, features }, directions, given);
    }
    return { positions: add(state.x, middle), ...(this.#velocities && { vectors: state.v }) };
  }

  /** |v_i| and, where requested, the node's scalars and what further vectors say of it: [nodes, k]. */
  #nodeFeatures(given: GeometricGraph): Tensor {
    const charge = this.#charges ? [given.scalars] : [];
    const own = scalarsNamed(given, this.#nodeScalars);
    return concat([vectorLengths(given), ...charge, ...own, ...nodeScalars(given, this.#graphVectors)], 1);
  }
}
