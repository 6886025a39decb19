import type { ParameterScope } from '../nn/index.js';
import { reshape, transpose } from '../tensor/index.js';
import { swapped } from './channel-vectors.js';
import { type EncodedGraph, type Encoder, type Encoding, encoder, type NodeKinds } from './encoder.js';
import { type SharedEncoderOptions, sharedEncoderOptions } from './encoder-options.js';
import { LofnetLayer } from './lofnet-layer.js';
import { NodeInputs } from './node-inputs.js';
import { edgeDirections, radialBasis } from './radial-basis.js';

/**
 * Local frames: an encoder on ClofNet's principle (Du et al. 2022), for whatever is differentiated or periodic.
 *
 * The published frame of an edge needs the centre of the whole system, and jumps where its axes become collinear. Here
 * every node i has vectors V_i, sums over its neighbours, and the frame of an edge has the direction u_ij and vectors of
 * its receiver as axes. They are neither normalised nor made orthogonal: a component is a product with an axis, and
 * fades smoothly where the axis does. With enough axes nothing is lost that an orthonormal frame would keep.
 *
 *     s_ij = (u_ij·Q V_i, u_ij·K V_j, QV_i·KV_j)                scalarization; with parity `any`, also det(QV_i, u_ij, KV_j)
 *     c_ij = W silu(A h_i + B h_j + R b(d_ij) + P s_ij) ∘ F b(d_ij)
 *     h_i += Σ_j c_ij¹,  V_i += Σ_j c_ij² u_ij + c_ij³ ∘ V_j     tensorization
 *     h_i, V_i ← the same at the node: products of its vectors give scalars, which weigh its vectors
 *
 * b(d) are functions of the distance that end at the cutoff with their first two derivatives, so that energies have
 * smooth forces. In a complete frame the components of V_j would tell it whole; so do its products with as many
 * vectors of i as there are axes.
 */
export class Lofnet implements Encoder {
  readonly width: number;
  readonly rounds: number;
  readonly #options: SharedEncoderOptions;
  readonly #inputs: NodeInputs;
  readonly #layers: readonly LofnetLayer[];

  constructor(scope: ParameterScope, options: SharedEncoderOptions, kinds: NodeKinds) {
    const { hidden, layers } = options;
    this.#options = options;
    this.width = hidden;
    this.rounds = layers;
    this.#inputs = new NodeInputs(scope, hidden, kinds);
    const hasVectors = kinds.vectors > 0;
    this.#layers = Array.from(
      { length: layers },
      (_, k) => new LofnetLayer(scope.child(`layers.${k}`), options, k > 0 || hasVectors),
    );
  }

  encode(given: EncodedGraph): Encoding {
    const { graph, edges } = given;
    const { cutoff, basis } = this.#options;
    const { distances, directions } = edgeDirections(edges);
    const seen = {
      directions: reshape(transpose(directions), [3, 'edges', 1]),
      basis: radialBasis(distances, cutoff, basis),
    };
    const [first, ...others] = this.#layers;
    const state = others.reduce(
      (before, layer) => layer.run(before, graph, seen),
      first.run({ scalars: this.#inputs.scalars(given), vectors: this.#inputs.vectors(given) }, graph, seen),
    );
    return { scalars: state.scalars, vectors: swapped(state.vectors) };
  }
}

/** {@link Lofnet}. */
export const lofnet = encoder({
  name: 'lofnet',
  title: 'LofNet',
  options: sharedEncoderOptions,
  build: (scope, options, kinds) => new Lofnet(scope, options, kinds),
});
