import { type GraphTensors, softmaxOverReceivers, sumToReceivers } from '../../graphs/index.js';
import { dropout, Linear, type ParameterScope } from '../../nn/index.js';
import { add, type Dim, gather, mul, reshape, sum, type Tensor } from '../../tensor/index.js';

/**
 * Attention over the edges of a graph (Shi et al. 2021, without gate), in several heads. With k_ij = W_k h_j + W_e e_ij
 * and v_ij = W_v h_j + W_e e_ij, where i receives and j sends:
 *
 *     α_ij = softmax_j (W_q h_i · k_ij / √width of a head)
 *     h_i ← W_s h_i + Σ_j α_ij v_ij
 */
export class GraphAttention {
  readonly #query: Linear;
  readonly #key: Linear;
  readonly #value: Linear;
  readonly #edge: Linear;
  readonly #skip: Linear;
  readonly #heads: number;
  readonly #width: number;

  /** @param heads a divisor of the width */
  constructor(scope: ParameterScope, width: number, heads: number) {
    const linear = (name: string): Linear => new Linear(scope.child(name), width, width);
    this.#key = linear('lin_key');
    this.#query = linear('lin_query');
    this.#value = linear('lin_value');
    this.#edge = new Linear(scope.child('lin_edge'), width, width, { bias: false });
    this.#skip = linear('lin_skip');
    this.#heads = heads;
    this.#width = width;
  }

  /**
   * @param h node features [nodes, width]
   * @param e edge features [edges, width]
   * @param mask the name of the dropout of α, where there is one
   * @returns [nodes, width]
   */
  rows(h: Tensor, e: Tensor, graph: GraphTensors, mask?: string): Tensor {
    const edge = this.#edge.rows(e); // [edges, width]
    const query = gather(this.#query.rows(h), graph.receivers);
    const key = add(gather(this.#key.rows(h), graph.senders), edge);
    const value = add(gather(this.#value.rows(h), graph.senders), edge);
    const logits = mul(sum(this.#split(mul(query, key), 'edges'), [2]), Math.sqrt(this.#heads / this.#width));
    const softmax = softmaxOverReceivers(logits, graph); // [edges, heads]
    const alpha = mask === undefined ? softmax : dropout(softmax, mask);
    const weighted = mul(this.#split(value, 'edges'), reshape(alpha, ['edges', this.#heads, 1]));
    return add(this.#skip.rows(h), sumToReceivers(reshape(weighted, ['edges', this.#width]), graph));
  }

  /** [n, width] → [n, heads, width of a head]. */
  #split(x: Tensor, n: Dim): Tensor {
    return reshape(x, [n, this.#heads, this.#width / this.#heads]);
  }
}
