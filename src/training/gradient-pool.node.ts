import { availableParallelism } from 'node:os';
import { requirePositiveInteger } from '../common/checks.js';
import { type EngineThread, endEngine, startEngine } from '../common/engine-thread.node.js';
import { errorOf } from '../common/failure.js';
import { parseDevice } from '../runtime/devices.js';
import { Barrier } from './barrier.js';
import { accumulate, FlatLayout } from './flat-parameters.js';
import type { EngineOpener, EngineWork, GradientEngine } from './gradient-engine.js';
import type { Answer, Examples, Order, Share, WorkerSetup } from './gradient-protocol.js';
import { allOf, cutBatch, sizesOf } from './micro-batches.js';
import type { StepOptions, StepResult } from './optimizer.js';
import { shareArrays } from './shared-arrays.js';
import { resultOf, type UpdateMemory, updateMemory } from './shared-update.js';

/** What a {@link GradientPool} computes, and on how many threads; the optimiser is to be made with `{ shared: true }`. */
export interface PoolOptions extends EngineWork {
  readonly workers: number;
  readonly device: string;
}

interface Member extends EngineThread {
  readonly gradient: Float32Array;
  /** Settles the share that the worker computes now. */
  pending?: { resolve(loss: number): void; reject(error: Error): void };
}

/**
 * Worker threads that compute losses and gradients of batches, data-parallel. Each has its own engine and one
 * thread. The parts are added in a fixed order: with the same number of workers the numbers are always the same.
 */
export class GradientPool implements GradientEngine {
  readonly layout: FlatLayout;
  readonly #options: PoolOptions;
  readonly #weights: Float32Array;
  readonly #update: UpdateMemory | undefined;
  readonly #members: readonly Member[];
  #isBusy = false;
  /** Why the pool is of no more use: the first failure of a worker. */
  #failure: Error | undefined;

  /** @throws UserError for a number of workers, or of edges in a run, that is no whole number of at least 1 */
  constructor(options: PoolOptions) {
    requirePositiveInteger(options.workers, 'the number of workers');
    if (options.microBatchEdges !== undefined) requirePositiveInteger(options.microBatchEdges, 'microBatchEdges');
    this.#options = options;
    this.layout = new FlatLayout(options.parameters);
    const vector = (): Float32Array =>
      new Float32Array(new SharedArrayBuffer(this.layout.size * Float32Array.BYTES_PER_ELEMENT));
    this.#weights = vector();
    const gradients = Array.from({ length: options.workers }, vector);
    this.#update = options.optimizer && updateMemory(options.optimizer, gradients);
    const { module, task } = options.examples;
    const examples = { module, task: shareArrays(task) };
    this.#members = gradients.map((gradient, index) => this.#start(gradient, index, examples));
  }

  #start(gradient: Float32Array, index: number, examples: Pick<Examples, 'module' | 'task'>): Member {
    const { programs, device } = this.#options;
    const setup: WorkerSetup = {
      lossProgram: programs.loss,
      gradientProgram: programs.gradient,
      device,
      weights: this.#weights,
      gradient,
      index,
      update: this.#update,
      examples,
    };
    const thread = startEngine(new URL('./gradient-worker.node.js', import.meta.url), setup);
    const member: Member = { ...thread, gradient };
    const { worker } = thread;
    worker.on('message', (answer: Answer) =>
      'error' in answer ? this.#fail(member, errorOf(answer)) : member.pending?.resolve(answer.loss),
    );
    worker.on('error', (error) => this.#fail(member, error));
    worker.on('exit', (code) => this.#fail(member, new Error(`a training worker stopped with exit code ${code}`)));
    return member;
  }

  setWeights(weights: Float32Array): void {
    this.#weights.set(weights);
  }

  /** @throws Error if a worker fails, UserError if that is a mistake of the user's; the pool is then of no more use */
  async gradient(set: string, examples: Int32Array, seed: number, into: Float32Array): Promise<number> {
    const loss = await this.#run('gradient', set, examples, seed);
    for (const [k, { gradient }] of this.#members.entries()) accumulate(into, gradient, k === 0);
    return loss;
  }

  /** Each worker updates a part of the vectors. @throws as `gradient` does */
  async step(set: string, examples: Int32Array, options: StepOptions): Promise<StepResult & { readonly loss: number }> {
    if (!this.#update) throw new Error('this gradient pool was made without an optimiser');
    const loss = await this.#run('gradient', set, examples, options.step, options);
    return { loss, ...resultOf(this.#update) };
  }

  async loss(set: string, seed = 0): Promise<number> {
    return this.#run('loss', set, allOf(sizesOf(this.#options.examples.sets, set)), seed);
  }

  async #run(
    kind: Share['kind'],
    set: string,
    examples: Int32Array,
    seed: number,
    update?: StepOptions,
  ): Promise<number> {
    const { examples: own, microBatchEdges } = this.#options;
    const sizes = sizesOf(own.sets, set);
    if (this.#isBusy) throw new Error('a gradient pool computes one batch at a time; wait for the call before');
    const { pieces, scale } = cutBatch(sizes, examples, this.#members.length, microBatchEdges);
    this.#isBusy = true;
    try {
      const losses = this.#members.map((member, k) => {
        const own = pieces.filter((_, piece) => piece % this.#members.length === k);
        return this.#ask(member, { kind, set, pieces: own, scale, seed, update });
      });
      const total = (await Promise.all(losses)).reduce((a, b) => a + b);
      if (this.#failure) throw this.#failure;
      return total;
    } finally {
      this.#isBusy = false;
    }
  }

  #ask(member: Member, share: Share): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      member.pending = { resolve, reject };
      member.worker.postMessage(share satisfies Order);
    });
  }

  /** Stops the workers; a share that one of them still computes is rejected. */
  async close(): Promise<void> {
    await Promise.all(
      this.#members.map(async (member) => {
        this.#fail(member, new Error('a training worker stopped: the pool is closed'));
        await endEngine(member, 'stop' satisfies Order);
      }),
    );
  }

  #fail(member: Member, error: Error): void {
    this.#failure ??= error;
    member.pending?.reject(this.#failure);
    if (this.#update) new Barrier(this.#members.length, this.#update.barrier).cancel();
  }
}

/** Takes steps on worker threads, one per core by default. */
export const onThreads = ({ workers = availableParallelism(), device = 'cpu' } = {}): EngineOpener => ({
  shared: true,
  open: async (work) => new GradientPool({ ...work, workers, device: parseDevice(device) }),
});
