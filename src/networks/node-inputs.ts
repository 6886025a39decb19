import { Embedding, Linear, type ParameterScope } from '../nn/index.js';
import { add, type Tensor } from '../tensor/index.js';
import { swapped } from './channel-vectors.js';
import type { EncodedGraph, NodeKinds } from './encoder.js';

/** What nodes are given, as an encoder begins with it: an embedding of their species, further numbers and vectors. */
export class NodeInputs {
  readonly #embedding: Embedding;
  readonly #scalars: Linear | undefined;
  readonly #vectors: Linear | undefined;

  constructor(scope: ParameterScope, hidden: number, { species, scalars, vectors }: NodeKinds) {
    const without = { bias: false };
    this.#embedding = new Embedding(scope.child('embedding'), species, hidden);
    if (scalars > 0) this.#scalars = new Linear(scope.child('scalars'), scalars, hidden, without);
    if (vectors > 0) this.#vectors = new Linear(scope.child('vectors'), vectors, hidden, without);
  }

  /** [nodes, hidden] */
  scalars({ species, nodeScalars }: EncodedGraph): Tensor {
    const kind = this.#embedding.rows(species);
    return this.#scalars && nodeScalars ? add(kind, this.#scalars.rows(nodeScalars)) : kind;
  }

  /** [3, nodes, hidden]; undefined where nodes are given no vectors. */
  vectors({ nodeVectors }: EncodedGraph): Tensor | undefined {
    return this.#vectors && nodeVectors ? swapped(this.#vectors.rows(nodeVectors)) : undefined;
  }
}
