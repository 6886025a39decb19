import { dot, type FrameForm, norm, pairFrame, scalarize } from '../geometry/index.js';
import { graphMean } from '../graphs/index.js';
import { Linear, MLP, type Parameter, ParameterScope } from '../nn/index.js';
import { add, concat, div, mul, safeSqrt, sub, sum, type Tensor } from '../tensor/index.js';
import { ClofNetLayer, type EdgeState, type NodeState } from './clofnet-layer.js';
import type { DynamicsModel } from './model.js';
import { atEdges, chargeProducts, type SystemTensors } from './system.js';

export interface ClofNetOptions {
  /** Width of the node features; default 64. */
  readonly hidden?: number;
  /** Number of message-passing layers; default 4. */
  readonly layers?: number;
  readonly frame?: FrameForm;
}

/** Keeps cos finite for bodies at the centre. */
const EPSILON = 1e-5;

/** Scalars [3, n] of the two ends of an edge → sin and cos of the angle between them, each [1, n]. */
function angle(si: Tensor, sj: Tensor): Tensor[] {
  const cos = div(div(dot(si, sj), add(norm(si), EPSILON)), add(norm(sj), EPSILON));
  return [safeSqrt(sub(1, mul(cos, cos))), cos];
}

/** ClofNet with velocities (Du et al. 2022): predicts where the bodies of a system will be. */
export class ClofNet implements DynamicsModel {
  readonly parameters: readonly Parameter[];
  readonly #frame: FrameForm;
  readonly #embedding: Linear;
  readonly #fuse: MLP;
  readonly #layers: readonly ClofNetLayer[];

  constructor({ hidden = 64, layers = 4, frame = 'published' }: ClofNetOptions = {}) {
    const scope = new ParameterScope();
    const edgeWidth = hidden / 2;
    this.#frame = frame;
    this.#embedding = new Linear(scope.child('embedding_node'), 1, hidden);
    this.#fuse = new MLP(scope.child('fuse_edge'), [16, edgeWidth, edgeWidth], { activateLast: true });
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
    const speed = safeSqrt(sum(mul(velocities, velocities), [1], { keepDims: true })); // [nodes, 1]
    const features = this.#edgeFeatures(x, system);
    let state: NodeState = { x, h: this.#embedding.rows(speed) };
    for (const layer of this.#layers)
      state = layer.update(state, this.#edges(state.x, features, system), [velocities], system);
    return add(state.x, middle);
  }

  #edges(x: Tensor, features: Tensor, { graph }: SystemTensors): EdgeState {
    const [xi, xj] = [atEdges(x, graph.receivers), atEdges(x, graph.senders)]; // [3, edges]
    const difference = sub(xi, xj);
    return { frame: pairFrame(xi, xj, this.#frame), squaredDistance: dot(difference, difference), features };
  }

  /** Scalarization: everything that is known of the two ends of an edge, on the edge's frame. */
  #edgeFeatures(x: Tensor, system: SystemTensors): Tensor {
    const { receivers, senders } = system.graph;
    const [xi, xj, vi, vj] = [x, x, system.velocities, system.velocities].map((v, k) =>
      atEdges(v, k % 2 === 0 ? receivers : senders),
    );
    const frame = pairFrame(xi, xj, this.#frame);
    const [si, sj] = [scalarize(xi, frame), scalarize(xj, frame)]; // [3, edges]
    const difference = sub(xi, xj);
    const scalars = [
      chargeProducts(system),
      dot(difference, difference),
      ...angle(si, sj),
      si,
      sj,
      scalarize(vi, frame),
      scalarize(vj, frame),
    ];
    return this.#fuse.columns(concat(scalars, 0)); // [edgeWidth, edges]
  }
}
