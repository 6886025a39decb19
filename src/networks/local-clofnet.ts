import { type GraphTensors, sumToReceivers } from '../graphs/index.js';
import { Embedding, Linear, type ParameterScope } from '../nn/index.js';
import { add, gather, mul, reshape, type Tensor, transpose } from '../tensor/index.js';
import { swapped } from './channel-vectors.js';
import { type EncodedGraph, type Encoder, type Encoding, encoder, type NodeKinds } from './encoder.js';
import { type SharedEncoderOptions, sharedEncoderOptions } from './encoder-options.js';
import { LocalClofNetLayer } from './local-clofnet-layer.js';
import { NodeInputs } from './node-inputs.js';
import { edgeDirections, radialBasis, smoothCutoff } from './radial-basis.js';

/**
 * ClofNet (Du et al. 2022) with local frames, which are smooth: for what is differentiated, or periodic, or without a
 * centre.
 *
 * Every node has vectors, at first sums over its neighbours, V_i = Σ_j f(d_ij, species of j) u_ij, and keeps them
 * through all layers. The frame of an edge is made of its direction u_ij and one mixture of the receiver's vectors, a_i
 * (the paper's own way without a centre: a node's frame from its neighbours):
 *
 *     e₁ = u_ij,  e₂ = u_ij × a_i / √(|u_ij × a_i|² + ε²),  e₃ = e₁ × e₂
 *
 * Where a_i lies along u_ij, e₂ and e₃ go to 0 smoothly: nothing is seen on them, and nothing is sent along them. On the
 * frame stands what the published network does, with its message network:
 *
 *     m_ij = φ(h_i, h_j, b(d_ij), components of V_i and V_j on the frame) · fade(d_ij)
 *     V_i += Σ_j Σ_p c_p(m_ij) e_p
 *     h_i ← LayerNorm(h_i + φ_h(h_i, Σ_j m_ij))
 *
 * e₂ turns around in a mirror. With parity `even`, components on it are seen as products of two only, and what is sent
 * along it is multiplied by one.
 */
export class LocalClofNet implements Encoder {
  readonly width: number;
  readonly rounds: number;
  readonly #options: SharedEncoderOptions;
  readonly #inputs: NodeInputs;
  readonly #neighbours: Embedding;
  readonly #filter: Linear;
  readonly #layers: readonly LocalClofNetLayer[];

  constructor(scope: ParameterScope, options: SharedEncoderOptions, kinds: NodeKinds) {
    const { hidden, layers, basis } = options;
    this.#options = options;
    this.width = hidden;
    this.rounds = layers + 1; // the first vectors are sums over neighbours too
    this.#inputs = new NodeInputs(scope, hidden, kinds);
    this.#neighbours = new Embedding(scope.child('neighbours'), kinds.species, hidden);
    this.#filter = new Linear(scope.child('filter'), basis, hidden, { bias: false });
    this.#layers = Array.from({ length: layers }, (_, k) => new LocalClofNetLayer(scope.child(`layers.${k}`), options));
  }

  encode(given: EncodedGraph): Encoding {
    const { graph, species, edges } = given;
    const { cutoff, basis } = this.#options;
    const { distances, directions } = edgeDirections(edges);
    const seen = {
      directions: reshape(transpose(directions), [3, 'edges', 1]),
      basis: radialBasis(distances, cutoff, basis),
      fade: smoothCutoff(distances, cutoff),
    };
    const around = this.#around(species, graph, seen);
    const own = this.#inputs.vectors(given);
    const first = { scalars: this.#inputs.scalars(given), vectors: own ? add(around, own) : around };
    const state = this.#layers.reduce<Encoding>((before, layer) => layer.run(before, graph, seen), first);
    return { scalars: state.scalars, vectors: swapped(state.vectors) };
  }

  /** Sums over the neighbours' directions, [3, nodes, hidden]. */
  #around(species: Tensor, graph: GraphTensors, { basis, directions }: Record<'basis' | 'directions', Tensor>): Tensor {
    const weights = mul(this.#filter.rows(basis), gather(this.#neighbours.rows(species), graph.senders));
    return sumToReceivers(mul(weights, directions), graph, 1);
  }
}

/** {@link LocalClofNet}. */
export const clofnet = encoder({
  name: 'clofnet',
  title: 'ClofNet with local frames',
  options: sharedEncoderOptions,
  build: (scope, options, kinds) => new LocalClofNet(scope, options, kinds),
});
