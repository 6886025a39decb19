import { Worker } from 'node:worker_threads';
import type { Program } from '../tensor/index.js';
import { accumulate, FlatLayout } from './flat-parameters.js';
import type { Answer, ExampleSizes, Share, WorkerSetup } from './gradient-protocol.js';
import { microBatches } from './micro-batches.js';

export interface PoolOptions {
  /** The main file of the worker threads; it calls `serveGradients`. */
  readonly workerFile: URL;
  /** Handed to every worker as `workerData.task`. */
  readonly task: unknown;
  readonly workers: number;
  readonly device: string;
  readonly parameters: WorkerSetup['parameters'];
  readonly programs: { readonly loss: Program; readonly gradient: Program };
  /** The sets of examples by name. */
  readonly sets: Readonly<Record<string, ExampleSizes>>;
  /** The most edges in one run of a program. */
  readonly microBatchEdges?: number;
}

interface Member {
  readonly worker: Worker;
  readonly gradient: Float32Array;
  /** Settles the share that the worker computes now. */
  pending?: { resolve(loss: number): void; reject(error: Error): void };
}

/**
 * Worker threads that compute losses and gradients of batches, data-parallel. Each has its own engine and one
 * thread. The parts are added in a fixed order: with the same number of workers the numbers are always the same.
 */
export class GradientPool {
  readonly layout: FlatLayout;
  readonly #options: PoolOptions;
  readonly #weights: Float32Array;
  readonly #members: readonly Member[];

  constructor(options: PoolOptions) {
    this.#options = options;
    this.layout = new FlatLayout(options.parameters);
    const bytes = this.layout.size * Float32Array.BYTES_PER_ELEMENT;
    const weights = new SharedArrayBuffer(bytes);
    this.#weights = new Float32Array(weights);
    this.#members = Array.from({ length: options.workers }, () => this.#start(weights, new SharedArrayBuffer(bytes)));
  }

  #start(weights: SharedArrayBuffer, gradient: SharedArrayBuffer): Member {
    const { programs, device, parameters, task, workerFile } = this.#options;
    const setup: WorkerSetup = {
      lossProgram: programs.loss,
      gradientProgram: programs.gradient,
      device,
      parameters,
      weights,
      gradient,
    };
    const member: Member = {
      worker: new Worker(workerFile, { workerData: { setup, task } }),
      gradient: new Float32Array(gradient),
    };
    const fail = (error: Error): void => member.pending?.reject(error);
    member.worker.on('message', (answer: Answer) =>
      'error' in answer ? fail(new Error(answer.error)) : member.pending?.resolve(answer.loss),
    );
    member.worker.on('error', fail);
    member.worker.on('exit', (code) => fail(new Error(`a training worker stopped with exit code ${code}`)));
    return member;
  }

  /** Sets the weights that the next gradients and losses are taken at. */
  setWeights(weights: Float32Array): void {
    this.#weights.set(weights);
  }

  /** The mean loss of a batch and its gradient, over some examples of a set. */
  async gradient(set: string, examples: Int32Array, seed: number, into: Float32Array): Promise<number> {
    const loss = await this.#run('gradient', set, examples, seed);
    for (const [k, { gradient }] of this.#members.entries()) accumulate(into, gradient, k === 0);
    return loss;
  }

  /** The mean loss over a whole set. */
  loss(set: string, seed = 0): Promise<number> {
    return this.#run('loss', set, Int32Array.from(this.#sizes(set).edges.keys()), seed);
  }

  #sizes(set: string): ExampleSizes {
    const sizes = this.#options.sets[set];
    if (!sizes) throw new Error(`there is no set of examples named ${set}`);
    return sizes;
  }

  async #run(kind: Share['kind'], set: string, examples: Int32Array, seed: number): Promise<number> {
    const { edges, terms } = this.#sizes(set);
    const scale = 1 / examples.reduce((total, example) => total + terms[example], 0);
    const ranges = microBatches(
      examples.map((example) => edges[example]),
      this.#members.length,
      this.#options.microBatchEdges,
    );
    const pieces = ranges.map(([start, end]) => examples.slice(start, end));
    const losses = this.#members.map((member, k) => {
      const own = pieces.filter((_, piece) => piece % this.#members.length === k);
      return this.#ask(member, { kind, set, pieces: own, scale, seed });
    });
    return (await Promise.all(losses)).reduce((a, b) => a + b);
  }

  #ask(member: Member, share: Share): Promise<number> {
    return new Promise((resolve, reject) => {
      member.pending = { resolve, reject };
      member.worker.postMessage(share);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ worker }) => worker.terminate()));
  }
}
