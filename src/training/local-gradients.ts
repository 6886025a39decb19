import type { Parameter } from '../nn/index.js';
import type { Runtime } from '../runtime/index.js';
import { FlatLayout } from './flat-parameters.js';
import type { ExampleSizes, ExampleSource, Share } from './gradient-protocol.js';
import { allOf, cutBatch, sizesOf } from './micro-batches.js';
import type { StepOptions, StepResult } from './optimizer.js';
import type { Optimizer } from './optimizer-run.js';
import { ShareRunner } from './share-runner.js';
import type { TrainingPrograms } from './training-programs.js';

/** What {@link LocalGradients} compute, and on which runtime. */
export interface LocalGradientOptions {
  readonly parameters: readonly Pick<Parameter, 'name' | 'shape'>[];
  readonly programs: TrainingPrograms;
  readonly source: ExampleSource;
  /** The sets of examples by name. */
  readonly sets: Readonly<Record<string, ExampleSizes>>;
  /** The most edges in one run of a program. */
  readonly microBatchEdges?: number;
  /** What `step` updates. */
  readonly optimizer?: Optimizer;
}

/** Computes losses and gradients of batches on the calling thread, as a page does in its own worker. */
export class LocalGradients {
  readonly layout: FlatLayout;
  readonly #options: LocalGradientOptions;
  readonly #weights: Float32Array;
  readonly #gradient: Float32Array;
  readonly #runner: ShareRunner;

  private constructor(
    options: LocalGradientOptions,
    memory: { layout: FlatLayout; weights: Float32Array; gradient: Float32Array },
    runner: ShareRunner,
  ) {
    this.layout = memory.layout;
    this.#options = options;
    this.#weights = memory.weights;
    this.#gradient = memory.gradient;
    this.#runner = runner;
  }

  /** Opens the programs on a runtime. */
  static async open(runtime: Runtime, options: LocalGradientOptions): Promise<LocalGradients> {
    const layout = new FlatLayout(options.parameters);
    const memory = { layout, weights: new Float32Array(layout.size), gradient: new Float32Array(layout.size) };
    const runner = await ShareRunner.open(runtime, options.programs, { ...memory, source: options.source });
    return new LocalGradients(options, memory, runner);
  }

  /** Sets the weights that the next gradients and losses are taken at. */
  setWeights(weights: Float32Array): void {
    this.#weights.set(weights);
  }

  /**
   * The mean loss of a batch and its gradient, over some examples of a set.
   * @param examples their numbers in the set
   * @param into where the gradient goes, as long as `layout.size`
   */
  async gradient(set: string, examples: Int32Array, seed: number, into: Float32Array): Promise<number> {
    const loss = await this.#run('gradient', set, examples, seed);
    into.set(this.#gradient);
    return loss;
  }

  /** Takes one step of the optimiser that this was made with, on the gradient of a batch at the optimiser's weights. */
  async step(set: string, examples: Int32Array, options: StepOptions): Promise<StepResult & { readonly loss: number }> {
    const { optimizer } = this.#options;
    if (!optimizer) throw new Error('these gradients were made without an optimiser');
    const loss = await this.#run('gradient', set, examples, options.step, optimizer.state.weights);
    return { loss, ...optimizer.step(this.#gradient, options) };
  }

  /** The mean loss over a whole set. */
  async loss(set: string, seed = 0): Promise<number> {
    return this.#run('loss', set, allOf(sizesOf(this.#options.sets, set)), seed);
  }

  #run(kind: Share['kind'], set: string, examples: Int32Array, seed: number, weights = this.#weights): Promise<number> {
    const { sets, microBatchEdges } = this.#options;
    const { pieces, scale } = cutBatch(sizesOf(sets, set), examples, 1, microBatchEdges);
    return this.#runner.run({ kind, set, seed, pieces, scale }, weights);
  }

  /** Frees the programs' memory. */
  close(): Promise<void> {
    return this.#runner.close();
  }
}
