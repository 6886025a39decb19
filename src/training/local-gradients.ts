import type { Runtime } from '../runtime/index.js';
import { FlatLayout } from './flat-parameters.js';
import type { EngineOpener, EngineWork, GradientEngine } from './gradient-engine.js';
import type { Share } from './gradient-protocol.js';
import { allOf, cutBatch, sizesOf } from './micro-batches.js';
import type { StepOptions, StepResult } from './optimizer.js';
import { ShareRunner } from './share-runner.js';

/** Computes losses and gradients of batches on the calling thread, as a page does in its own worker. */
export class LocalGradients implements GradientEngine {
  readonly layout: FlatLayout;
  readonly #work: EngineWork;
  readonly #weights: Float32Array;
  readonly #gradient: Float32Array;
  readonly #runner: ShareRunner;

  private constructor(work: EngineWork, layout: FlatLayout, gradient: Float32Array, runner: ShareRunner) {
    this.layout = layout;
    this.#work = work;
    this.#weights = new Float32Array(layout.size);
    this.#gradient = gradient;
    this.#runner = runner;
  }

  /** Opens the programs on a runtime. */
  static async open(runtime: Runtime, work: EngineWork): Promise<LocalGradients> {
    const { parameters, programs, examples } = work;
    const layout = new FlatLayout(parameters);
    const gradient = new Float32Array(layout.size);
    const source = examples.openExamples(examples.task);
    return new LocalGradients(work, layout, gradient, await ShareRunner.open(runtime, programs, { gradient, source }));
  }

  setWeights(weights: Float32Array): void {
    this.#weights.set(weights);
  }

  async gradient(set: string, examples: Int32Array, seed: number, into: Float32Array): Promise<number> {
    const loss = await this.#run('gradient', set, examples, seed);
    into.set(this.#gradient);
    return loss;
  }

  async step(set: string, examples: Int32Array, options: StepOptions): Promise<StepResult & { readonly loss: number }> {
    const { optimizer } = this.#work;
    if (!optimizer) throw new Error('these gradients were made without an optimiser');
    const loss = await this.#run('gradient', set, examples, options.step, optimizer.state.weights);
    return { loss, ...optimizer.step(this.#gradient, options) };
  }

  async loss(set: string, seed = 0): Promise<number> {
    return this.#run('loss', set, allOf(sizesOf(this.#work.examples.sets, set)), seed);
  }

  #run(kind: Share['kind'], set: string, examples: Int32Array, seed: number, weights = this.#weights): Promise<number> {
    const { examples: own, microBatchEdges } = this.#work;
    const { pieces, scale } = cutBatch(sizesOf(own.sets, set), examples, 1, microBatchEdges);
    return this.#runner.run({ kind, set, seed, pieces, scale }, weights);
  }

  close(): Promise<void> {
    return this.#runner.close();
  }
}

/** Takes steps on the calling thread. */
export const onThisThread = (runtime: Runtime): EngineOpener => ({
  shared: false,
  open: (work) => LocalGradients.open(runtime, work),
});
