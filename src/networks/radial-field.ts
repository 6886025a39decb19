import { norm } from '../geometry/index.js';
import { meanToReceivers } from '../graphs/index.js';
import { MLP, type Parameter, ParameterScope, xavierUniform } from '../nn/index.js';
import { add, concat, dot, mul, type Tensor, tanh, transpose } from '../tensor/index.js';
import {
  backbone,
  edgeOptions,
  FOLLOWS_ALL,
  type MovedGraph,
  type Network,
  type NetworkSize,
  sizeOptions,
} from './backbone.js';
import { edgeDifferences, type GeometricGraph, scalarProducts, vectorLengths } from './geometric-graph.js';

/**
 * One layer of a radial field (Köhler et al. 2019), with velocities as in Satorras et al. 2021:
 *
 *     x_i ← x_i + mean_j (x_i − x_j) tanh φ_x(r_ij, e_ij) + v_i φ_v(|v_i|)
 */
class RadialFieldLayer {
  readonly #radial: MLP;
  readonly #drift: MLP;

  constructor(scope: ParameterScope, width: number) {
    this.#drift = new MLP(scope.child('coord_mlp_vel'), [1, width, 1]);
    this.#radial = new MLP(scope.child('phi'), [3, width, 1], { last: { bias: false, weight: xavierUniform(0.001) } });
  }

  /** Positions [nodes, 3] → [nodes, 3]. */
  update(x: Tensor, features: Tensor, given: GeometricGraph): Tensor {
    const difference = edgeDifferences(x, given.graph);
    const coefficient = tanh(this.#radial.columns(concat([norm(difference), features], 0))); // [1, edges]
    const moved = add(x, meanToReceivers(transpose(mul(difference, coefficient)), given.graph));
    return add(moved, mul(given.vectors, this.#drift.rows(vectorLengths(given))));
  }
}

/** The radial field: every force lies along the line between two nodes, and nodes have no features of their own. */
export class RadialField implements Network {
  readonly parameters: readonly Parameter[];
  readonly #layers: readonly RadialFieldLayer[];

  constructor({ hidden = 64, layers = 4 }: NetworkSize = {}) {
    const scope = new ParameterScope();
    this.#layers = Array.from({ length: layers }, (_, k) => new RadialFieldLayer(scope.child(`gcl_${k}`), hidden));
    this.parameters = scope.parameters;
  }

  predict(given: GeometricGraph): MovedGraph {
    const difference = edgeDifferences(given.positions, given.graph);
    const features = concat([scalarProducts(given), dot(difference, difference)], 0); // e_ij, [2, edges]
    return { positions: this.#layers.reduce((x, layer) => layer.update(x, features, given), given.positions) };
  }
}

export const radialField = backbone({
  name: 'rf_vel',
  title: 'Radial field',
  options: { ...sizeOptions, ...edgeOptions },
  widthParameter: 'gcl_0.phi.0.weight',
  follows: FOLLOWS_ALL,
  build: (options) => new RadialField(options),
});
