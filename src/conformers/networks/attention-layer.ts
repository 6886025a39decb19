import type { GraphTensors } from '../../graphs/index.js';
import { dropout, LayerNorm, Linear, type ParameterScope } from '../../nn/index.js';
import { add, silu, type Tensor } from '../../tensor/index.js';
import { GraphAttention } from './graph-attention.js';

/**
 * One layer of a graph transformer:
 *
 *     h ← h + LayerNorm(attention(h, e))
 *     h ← h + LayerNorm(W₂ SiLU(W₁ h))
 */
export class AttentionLayer {
  readonly #attention: GraphAttention;
  readonly #inner: Linear;
  readonly #outer: Linear;
  readonly #norm1: LayerNorm;
  readonly #norm2: LayerNorm;

  constructor(scope: ParameterScope, width: number, heads: number) {
    this.#attention = new GraphAttention(scope.child('MHA'), width, heads);
    this.#inner = new Linear(scope.child('FFN.0'), width, width);
    this.#outer = new Linear(scope.child('FFN.3'), width, width);
    this.#norm1 = new LayerNorm(scope.child('norm1'), width);
    this.#norm2 = new LayerNorm(scope.child('norm2'), width);
  }

  /**
   * @param h node features [nodes, width]
   * @param e edge features [edges, width]
   * @param mask what the names of the dropout inputs start with, where there is dropout
   * @returns [nodes, width]
   */
  rows(h: Tensor, e: Tensor, graph: GraphTensors, mask?: string): Tensor {
    const attended = add(h, this.#norm1.rows(this.#attention.rows(h, e, graph, mask && `${mask}.attention`)));
    const inner = silu(this.#inner.rows(attended));
    const kept = mask === undefined ? inner : dropout(inner, `${mask}.feed_forward`);
    return add(attended, this.#norm2.rows(this.#outer.rows(kept)));
  }
}
