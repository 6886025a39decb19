import { parentPort } from 'node:worker_threads';
import type { Executable } from '../runtime/index.js';
import { type NodeDevice, openRuntime } from '../runtime/node.js';
import { accumulate, FlatLayout } from './flat-parameters.js';
import type { Answer, ExampleSource, Share, WorkerSetup } from './gradient-protocol.js';

/** Computes shares of batches, one after the other. */
class ShareRunner {
  readonly #source: ExampleSource;
  readonly #programs: Record<Share['kind'], Executable>;
  readonly #shared: { readonly weights: Float32Array; readonly gradient: Float32Array };
  readonly #weights: Float32Array;
  readonly #weightFeeds: Record<string, Float32Array>;
  readonly #piece: Float32Array;
  readonly #gradientViews: Record<string, Float32Array>;

  constructor(setup: WorkerSetup, source: ExampleSource, programs: Record<Share['kind'], Executable>) {
    const layout = new FlatLayout(setup.parameters);
    this.#source = source;
    this.#programs = programs;
    this.#shared = { weights: new Float32Array(setup.weights), gradient: new Float32Array(setup.gradient) };
    // The engine refuses shared memory: it works on private copies.
    this.#weights = new Float32Array(layout.size);
    this.#weightFeeds = layout.views(this.#weights);
    this.#piece = new Float32Array(layout.size);
    this.#gradientViews = layout.views(this.#piece, 'grad.');
  }

  async run({ kind, set, pieces, scale, seed }: Share): Promise<number> {
    this.#weights.set(this.#shared.weights);
    const scaleFeed = Float32Array.of(scale);
    const into = kind === 'gradient' ? this.#gradientViews : {};
    let total = 0;
    if (kind === 'gradient' && pieces.length === 0) this.#shared.gradient.fill(0);
    for (const [k, examples] of pieces.entries()) {
      const { feeds, sizes } = this.#source.collate(set, examples, seed);
      const { loss } = await this.#programs[kind].run(
        { ...this.#weightFeeds, ...feeds, scale: scaleFeed },
        sizes,
        into,
      );
      if (kind === 'gradient') accumulate(this.#shared.gradient, this.#piece, k === 0);
      total += loss[0];
    }
    return total;
  }
}

/**
 * Serves gradients from a worker thread: call this from the thread's main file.
 * @param source where the examples come from
 */
export async function serveGradients(setup: WorkerSetup, source: ExampleSource): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('serveGradients must be called in a worker thread');
  const runtime = await openRuntime(setup.device as NodeDevice);
  const runner = new ShareRunner(setup, source, {
    gradient: await runtime.open(setup.gradientProgram),
    loss: await runtime.open(setup.lossProgram),
  });
  const answer = (message: Answer): void => port.postMessage(message);
  port.on('message', (share: Share) => {
    runner.run(share).then(
      (loss) => answer({ loss }),
      (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
