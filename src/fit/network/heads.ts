import type { Encoding } from '../../networks/encoder.js';
import { filled, Linear, MLP, type ParameterScope, xavierUniform } from '../../nn/index.js';
import { add, mul, reshape, type Tensor } from '../../tensor/index.js';
import type { TargetKind } from '../quantity.js';
import { indexPairs, inMemory, outer, outerProducts, withDelta } from './tensor-parts.js';

/** Vectors that are multiplied with each other to make a tensor. */
const CHANNELS = 32;

type Kind = Pick<TargetKind, 'order' | 'symmetry' | 'moment'>;

/** What a head sees of the nodes. */
export interface SeenNodes extends Encoding {
  /** Where they are from the centre of their graph, [nodes, 3]; what is no moment does not look. */
  readonly places?: Tensor;
  /** Numbers of nodes less their mean over the graph, [nodes, 1]. */
  balanced?(values: Tensor): Tensor;
}

/** What makes the part of a target that each node has. */
export interface Head {
  /** [nodes, width in memory] */
  rows(nodes: SeenNodes): Tensor;
}

/** A number, from the scalars. */
class ScalarHead implements Head {
  readonly #mlp: MLP;

  constructor(scope: ParameterScope, hidden: number) {
    // Starting near 0, what is left of an energy without its shifts has no offset that would have to be unlearned.
    this.#mlp = new MLP(scope, [hidden, hidden, 1], { last: { weight: xavierUniform(0.1), bias: filled(0) } });
  }

  rows({ scalars }: Encoding): Tensor {
    return this.#mlp.rows(scalars);
  }
}

/**
 * A tensor of order n ≥ 1: Σ_c g_c(s) v_c¹ ⊗ … ⊗ v_cⁿ, every factor another mixture of the node's vectors, and for n ≥ 2 the
 * same of order n − 2 with δ at each pair of indices. This is tensorization (Du et al. 2022, eq. 8) on axes that are not
 * orthonormal.
 */
class TensorHead implements Head {
  readonly #order: number;
  readonly #gates: MLP;
  readonly #factors: readonly Linear[];
  readonly #lower: readonly { readonly pair: readonly [number, number]; readonly head: Head }[];

  constructor(scope: ParameterScope, hidden: number, order: number) {
    this.#order = order;
    this.#gates = new MLP(scope.child('gates'), [hidden, hidden, CHANNELS]);
    this.#factors = Array.from(
      { length: order },
      (_, k) => new Linear(scope.child(`factors.${k}`), hidden, CHANNELS, { bias: false }),
    );
    this.#lower = indexPairs(order).map((pair, k) => ({
      pair,
      head: fullHead(scope.child(`lower.${k}`), hidden, order - 2),
    }));
  }

  rows(nodes: SeenNodes): Tensor {
    const [first, ...others] = this.#factors.map((factor) => factor.rows(nodes.vectors)); // [nodes, 3, channels]
    const gates = reshape(this.#gates.rows(nodes.scalars), ['nodes', 1, CHANNELS]);
    const products = outerProducts([mul(first, gates), ...others]);
    return this.#lower.reduce(
      (total, { pair, head }) => add(total, withDelta(head.rows(nodes), this.#order, pair)),
      products,
    );
  }
}

/** All 3^order numbers of a tensor. */
const fullHead = (scope: ParameterScope, hidden: number, order: number): Head =>
  order === 0 ? new ScalarHead(scope, hidden) : new TensorHead(scope, hidden, order);

/** A tensor as its target has it in memory. */
class TargetHead implements Head {
  readonly #kind: Kind;
  readonly #own: Head;
  readonly #charges: MLP | undefined;
  readonly #dipoles: Head | undefined;

  constructor(scope: ParameterScope, hidden: number, kind: Kind) {
    this.#kind = kind;
    this.#own = fullHead(scope, hidden, kind.order);
    if (!kind.moment) return;
    this.#charges = new MLP(scope.child('charges'), [hidden, hidden, 1]);
    if (kind.order === 2) this.#dipoles = new TensorHead(scope.child('dipoles'), hidden, 1);
  }

  rows(nodes: SeenNodes): Tensor {
    const own = this.#own.rows(nodes);
    const moment = this.#momentOfCharges(nodes);
    return inMemory(moment ? add(own, moment) : own, this.#kind);
  }

  /** q_i r_i, or q_i r_i ⊗ r_i + μ_i ⊗ r_i + r_i ⊗ μ_i, with charges whose sum over the graph is 0. */
  #momentOfCharges(nodes: SeenNodes): Tensor | undefined {
    const { places, balanced, scalars } = nodes;
    if (!this.#charges || !places || !balanced) return undefined;
    const charges = balanced(this.#charges.rows(scalars));
    const dipole = mul(charges, places);
    if (!this.#dipoles) return dipole;
    const dipoles = this.#dipoles.rows(nodes);
    return add(outer(dipole, places), add(outer(dipoles, places), outer(places, dipoles)));
  }
}

/** The head of a target. @param hidden scalars and vectors of a node */
export const headOf = (scope: ParameterScope, hidden: number, kind: Kind): Head => new TargetHead(scope, hidden, kind);
