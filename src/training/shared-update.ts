import { Barrier } from './barrier.js';
import { accumulate } from './flat-parameters.js';
import {
  addSquared,
  type OptimizerOptions,
  type OptimizerState,
  type StepOptions,
  type StepResult,
  squaredLength,
  updateWeights,
} from './optimizer.js';

/** What the workers of a pool need to take optimiser steps together; all of it in memory that they share. */
export interface UpdateMemory {
  readonly options: OptimizerOptions;
  readonly state: Readonly<OptimizerState>;
  /** What each worker has computed of the gradient. A step overwrites the first with the sum. */
  readonly gradients: readonly Float32Array[];
  readonly barrier: SharedArrayBuffer;
  /** Of each worker's part: the squared length of the gradient, and the sum of the new weights. */
  readonly squares: Float64Array;
  readonly sums: Float64Array;
}

/** @throws Error if the optimiser's vectors are not in memory that threads share */
export function updateMemory(
  { options, state }: Pick<UpdateMemory, 'options' | 'state'>,
  gradients: readonly Float32Array[],
): UpdateMemory {
  if (!(state.weights.buffer instanceof SharedArrayBuffer))
    throw new Error('the optimiser of a gradient pool must be made with { shared: true }');
  const numbers = (): Float64Array =>
    new Float64Array(new SharedArrayBuffer(gradients.length * Float64Array.BYTES_PER_ELEMENT));
  return {
    options,
    state,
    gradients,
    barrier: new Barrier(gradients.length).memory,
    squares: numbers(),
    sums: numbers(),
  };
}

/** What the workers left in memory after a step. */
export const resultOf = ({ squares, sums }: UpdateMemory): StepResult => ({
  norm: Math.sqrt(total(squares)),
  weightSum: total(sums),
});

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/**
 * One worker's part in optimiser steps: of all vectors it updates the same stretch in every step. Sums are taken in the
 * order of the workers: with as many workers the numbers are always the same.
 */
export class SharedUpdate {
  readonly #memory: UpdateMemory;
  readonly #index: number;
  readonly #barrier: Barrier;
  readonly #state: OptimizerState;
  readonly #gradients: readonly Float32Array[];

  /** @param index the worker's number */
  constructor(memory: UpdateMemory, index: number) {
    const { state, gradients } = memory;
    const edge = (k: number): number => Math.floor((state.weights.length * k) / gradients.length);
    const part = (vector: Float32Array): Float32Array => vector.subarray(edge(index), edge(index + 1));
    this.#memory = memory;
    this.#index = index;
    this.#barrier = new Barrier(gradients.length, memory.barrier);
    const { weights, mean, variance, average } = state;
    this.#state = { weights: part(weights), mean: part(mean), variance: part(variance), average: part(average) };
    this.#gradients = gradients.map(part);
  }

  /**
   * Waits for the gradients of all workers, and takes this one's part of the step.
   * @throws Error if another worker has failed, and will not come
   */
  run({ rate, step }: StepOptions): void {
    const { options, squares, sums } = this.#memory;
    this.#meet();
    squares[this.#index] = this.#addUp();
    if (options.clipNorm !== undefined) this.#meet();
    // Without clipping nothing depends on it, and the others may not have added up theirs yet.
    const norm = Math.sqrt(total(squares));
    const [gradient] = this.#gradients;
    sums[this.#index] = updateWeights(options, this.#state, gradient, { rate, step, norm });
  }

  #meet(): void {
    if (!this.#barrier.arrive()) throw new Error('another training worker failed');
  }

  /** Adds up this part of all gradients in the first of them. @returns its squared length */
  #addUp(): number {
    const [gradient, ...others] = this.#gradients;
    const last = others.pop();
    if (!last) return squaredLength(gradient);
    for (const other of others) accumulate(gradient, other, false);
    return addSquared(gradient, last);
  }
}
