import { norm } from '../geometry/index.js';
import { meanToReceivers } from '../graphs/index.js';
import { MLP, type Parameter, ParameterScope, xavierUniform } from '../nn/index.js';
import { add, concat, dot, mul, type Tensor, tanh, transpose } from '../tensor/index.js';
import type { DynamicsModel, NetworkSize } from './model.js';
import { chargeProducts, edgeDifferences, type SystemTensors, speeds } from './system.js';

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
  update(x: Tensor, features: Tensor, system: SystemTensors): Tensor {
    const difference = edgeDifferences(x, system.graph);
    const coefficient = tanh(this.#radial.columns(concat([norm(difference), features], 0))); // [1, edges]
    const moved = add(x, meanToReceivers(transpose(mul(difference, coefficient)), system.graph));
    return add(moved, mul(system.velocities, this.#drift.rows(speeds(system))));
  }
}

/** The radial field: every force lies along the line between two bodies, and bodies have no features of their own. */
export class RadialField implements DynamicsModel {
  readonly parameters: readonly Parameter[];
  readonly #layers: readonly RadialFieldLayer[];

  constructor({ hidden = 64, layers = 4 }: NetworkSize = {}) {
    const scope = new ParameterScope();
    this.#layers = Array.from({ length: layers }, (_, k) => new RadialFieldLayer(scope.child(`gcl_${k}`), hidden));
    this.parameters = scope.parameters;
  }

  predict(system: SystemTensors): Tensor {
    const difference = edgeDifferences(system.positions, system.graph);
    const features = concat([chargeProducts(system), dot(difference, difference)], 0); // e_ij, [2, edges]
    return this.#layers.reduce((x, layer) => layer.update(x, features, system), system.positions);
  }
}
