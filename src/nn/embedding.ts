import { gather, type Tensor } from '../tensor/index.js';
import { normal } from './initializers.js';
import type { ParameterScope } from './parameters.js';

/** A learned vector for every kind of thing: rows of a table, looked up by number. */
export class Embedding {
  readonly weight: Tensor;

  /** @param count how many kinds there are, numbered from 0 */
  constructor(scope: ParameterScope, count: number, width: number) {
    this.weight = scope.parameter('weight', [count, width], normal);
  }

  /** Kinds, int32 [n] → [n, width]. */
  rows(kinds: Tensor): Tensor {
    return gather(this.weight, kinds);
  }
}
