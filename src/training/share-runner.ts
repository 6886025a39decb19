import type { Executable, Runtime } from '../runtime/index.js';
import { accumulate } from './flat-parameters.js';
import type { ExampleSource, Share } from './gradient-protocol.js';
import type { TrainingPrograms } from './training-programs.js';

/** What a runner works with. */
export interface RunnerParts {
  readonly source: ExampleSource;
  /** Where the gradient of a share is left. */
  readonly gradient: Float32Array;
}

/** Computes shares of batches, one after the other. */
export class ShareRunner {
  readonly #parts: RunnerParts;
  readonly #programs: Record<Share['kind'], Executable>;
  readonly #weights: Float32Array;
  readonly #piece: Float32Array;

  private constructor(parts: RunnerParts, programs: Record<Share['kind'], Executable>) {
    this.#parts = parts;
    this.#programs = programs;
    // The engine refuses shared memory: it works on private copies.
    this.#weights = new Float32Array(parts.gradient.length);
    this.#piece = new Float32Array(parts.gradient.length);
  }

  static async open(runtime: Runtime, programs: TrainingPrograms, parts: RunnerParts): Promise<ShareRunner> {
    return new ShareRunner(parts, {
      gradient: await runtime.open(programs.gradient),
      loss: await runtime.open(programs.loss),
    });
  }

  /**
   * @param weights what to compute it at
   * @returns the share's part of the loss
   */
  async run({ kind, set, pieces, scale, seed }: Share, weights: Float32Array): Promise<number> {
    const { source, gradient } = this.#parts;
    this.#weights.set(weights);
    const scaleFeed = Float32Array.of(scale);
    const into = kind === 'gradient' ? { gradient: this.#piece } : {};
    let total = 0;
    if (kind === 'gradient' && pieces.length === 0) gradient.fill(0);
    for (const [k, examples] of pieces.entries()) {
      const { feeds, sizes } = source.collate(set, examples, seed, kind);
      const { loss } = await this.#programs[kind].run(
        { ...feeds, weights: this.#weights, scale: scaleFeed },
        sizes,
        into,
      );
      if (kind === 'gradient') accumulate(gradient, this.#piece, k === 0);
      total += loss[0];
    }
    return total;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#programs).map((program) => program.close()));
  }
}
