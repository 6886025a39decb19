import { sumToReceivers } from '../graphs/index.js';
import { MLP, type Parameter, ParameterScope } from '../nn/index.js';
import { add, concat, type Tensor } from '../tensor/index.js';
import { backbone, edgeOptions, type MovedGraph, type Network, type NetworkSize, sizeOptions } from './backbone.js';
import { type GeometricGraph, scalarProducts } from './geometric-graph.js';
import { messages, nodeUpdate } from './message-passing.js';

/**
 * One layer of a plain message-passing network (Gilmer et al. 2017):
 *
 *     m_ij = φ_m(h_i, h_j, s_i s_j)
 *     h_i ← h_i + φ_h(h_i, Σ_j m_ij)
 */
class GNNLayer {
  readonly #message: MLP;
  readonly #node: MLP;

  constructor(scope: ParameterScope, width: number) {
    this.#message = new MLP(scope.child('edge_mlp'), [2 * width + 1, width, width], { activateLast: true });
    this.#node = new MLP(scope.child('node_mlp'), [2 * width, width, width]);
  }

  /** [nodes, width] → [nodes, width] */
  update(h: Tensor, products: Tensor, { graph }: GeometricGraph): Tensor {
    const m = messages(this.#message, h, products, graph); // [edges, width]
    return add(h, nodeUpdate(this.#node, h, sumToReceivers(m, graph)));
  }
}

/**
 * A graph neural network on coordinates as they are: equivariant to the order of the nodes and to nothing else.
 * The baseline that shows what equivariance is worth.
 */
export class GNN implements Network {
  readonly parameters: readonly Parameter[];
  readonly #embedding: MLP;
  readonly #layers: readonly GNNLayer[];
  readonly #decoder: MLP;

  constructor({ hidden = 64, layers = 4 }: NetworkSize = {}) {
    const scope = new ParameterScope();
    this.#embedding = new MLP(scope.child('embedding'), [6, hidden]);
    this.#layers = Array.from({ length: layers }, (_, k) => new GNNLayer(scope.child(`gcl_${k}`), hidden));
    this.#decoder = new MLP(scope.child('decoder'), [hidden, hidden, 3]);
    this.parameters = scope.parameters;
  }

  predict(given: GeometricGraph): MovedGraph {
    const products = scalarProducts(given);
    let h = this.#embedding.rows(concat([given.positions, given.vectors], 1)); // [nodes, hidden]
    for (const layer of this.#layers) h = layer.update(h, products, given);
    return { positions: this.#decoder.rows(h) };
  }
}

export const gnn = backbone({
  name: 'gnn',
  title: 'GNN',
  options: { ...sizeOptions, ...edgeOptions },
  widthParameter: 'decoder.0.weight',
  follows: { rotation: false, translation: false, reflection: false },
  build: (options) => new GNN(options),
});
