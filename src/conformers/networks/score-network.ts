import { UserError } from '../../common/errors.js';
import { pairFrame, tensorize } from '../../geometry/index.js';
import { type GraphTensors, graphMean, sumToReceivers } from '../../graphs/index.js';
import { atEdges } from '../../networks/geometric-graph.js';
import { Embedding, MLP, type Parameter, ParameterScope } from '../../nn/index.js';
import { add, concat, div, gather, mul, relu, softplus, sub, type Tensor, transpose } from '../../tensor/index.js';
import { AttentionLayer } from './attention-layer.js';
import { type BondGraphTensors, KINDS } from './bond-graph.js';
import { ScoreEdges } from './score-edges.js';

/** The size of a score network. */
export interface ScoreNetworkOptions {
  /** Width of the features, a multiple of `heads`; default 288. */
  readonly hidden?: number;
  /** Attention heads; default 8. */
  readonly heads?: number;
  /** Blocks, each of which adds to the score; default 2. */
  readonly blocks?: number;
  /** Attention layers of a block; default 2. */
  readonly layers?: number;
  /**
   * Whether positions are taken relative to the centre of their molecule, which makes the network blind to where a
   * molecule stands; default true. The published network is not, although its frames are defined about the centre.
   */
  readonly recentre?: boolean;
}

/** What a score network gets in addition to molecules and positions. */
export interface ScoreOptions {
  /** Whether inputs for dropout masks are declared, as training wants them; default false. */
  readonly dropout?: boolean;
}

interface ScoreSizes {
  readonly hidden: number;
  readonly heads: number;
  readonly layers: number;
}

/** Attention layers, and what they say of the score. */
class ScoreBlock {
  readonly #name: string;
  readonly #layers: readonly AttentionLayer[];
  readonly #coefficients: MLP;

  constructor(scope: ParameterScope, number: number, { hidden, heads, layers }: ScoreSizes) {
    this.#name = `block${number}`;
    this.#layers = Array.from(
      { length: layers },
      (_, k) => new AttentionLayer(scope.child(`transformers.${number}.${k}`), hidden, heads),
    );
    this.#coefficients = new MLP(scope.child(`dynamic_mlp_modules.${number}`), [2 * hidden, 128, 3], {
      activation: softplus,
    });
  }

  /** [nodes, hidden] → [nodes, hidden]: a ReLU between layers, and around each a way past it. */
  attend(h: Tensor, e: Tensor, graph: GraphTensors, withDropout: boolean): Tensor {
    const last = this.#layers.length - 1;
    return this.#layers.reduce((input, layer, k) => {
      const output = layer.rows(input, e, graph, withDropout ? `${this.#name}.layer${k}` : undefined);
      return add(input, k < last ? relu(output) : output);
    }, h);
  }

  /** φ(h_i ⊙ h_j, e_ij): [3, edges]. */
  coefficients(h: Tensor, e: Tensor, { senders, receivers }: GraphTensors): Tensor {
    const both = mul(gather(h, senders), gather(h, receivers)); // [edges, hidden]
    return this.#coefficients.rowsToColumns(concat([both, e], 1));
  }
}

/**
 * The conformer score network (Du et al. 2022, section 5.2): ∇ log p(x | σ) of the positions of a molecule's atoms that
 * Gaussian noise of standard deviation σ has moved.
 *
 *     h ← attention layers (h, e)
 *     score_i += Σ_j Σ_p φ(h_i ⊙ h_j, e_ij)_p e_p     after every block, over σ in the end
 *
 * where e_p are the axes of the frame of each edge. As published, the frame's first point is the sender here, and
 * messages arrive at its second.
 *
 * The score turns with the molecule. It does not follow reflection: the scalars that φ gets are the same for a molecule
 * and its mirror image, and what it then puts along the pseudo-vector x_i × x_j keeps its way in the mirror. So the
 * network has a hand of its own, and no idea of which hand a stereocentre should have.
 */
export class ScoreNetwork {
  readonly parameters: readonly Parameter[];
  /** See {@link ScoreNetworkOptions}. */
  readonly recentre: boolean;
  readonly #atoms: Embedding;
  readonly #edges: ScoreEdges;
  readonly #blocks: readonly ScoreBlock[];

  constructor({ hidden = 288, heads = 8, blocks = 2, layers = 2, recentre = true }: ScoreNetworkOptions = {}) {
    if (hidden % heads !== 0) throw new UserError(`hidden must be a multiple of heads (${heads}), not ${hidden}`);
    const scope = new ParameterScope();
    this.recentre = recentre;
    this.#atoms = new Embedding(scope.child('node_emb'), KINDS, hidden);
    this.#edges = new ScoreEdges(scope, hidden, KINDS);
    this.#blocks = Array.from(
      { length: blocks },
      (_, k) => new ScoreBlock(scope.child('model'), k, { hidden, heads, layers }),
    );
    this.parameters = scope.parameters;
  }

  /**
   * @param positions [nodes, 3], in ångström
   * @param sigma the noise level of every molecule, [graphs, 1], in ångström
   * @returns [nodes, 3], in 1/ångström
   */
  score(molecules: BondGraphTensors, positions: Tensor, sigma: Tensor, options: ScoreOptions = {}): Tensor {
    const { graph, atomicNumbers, edgeTypes } = molecules;
    const x = this.recentre ? sub(positions, graphMean(positions, graph)) : positions;
    const [xi, xj] = [graph.senders, graph.receivers].map((end) => atEdges(x, end)); // [3, edges]
    const frame = pairFrame(xi, xj);
    const e = this.#edges.rows(xi, xj, frame, edgeTypes); // [edges, hidden]
    let h = this.#atoms.rows(atomicNumbers); // [nodes, hidden]
    const parts: Tensor[] = [];
    for (const block of this.#blocks) {
      h = block.attend(h, e, graph, options.dropout ?? false);
      parts.push(sumToReceivers(transpose(tensorize(block.coefficients(h, e, graph), frame)), graph)); // [nodes, 3]
    }
    const total = parts.reduce((a, b) => add(a, b));
    return div(total, gather(sigma, graph.graphOfNode));
  }
}
