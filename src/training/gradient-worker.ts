import { parentPort } from 'node:worker_threads';
import { UserError } from '../common/errors.js';
import { parseDevice } from '../runtime/devices.js';
import type { Executable } from '../runtime/index.js';
import { openRuntime } from '../runtime/node.js';
import { accumulate, FlatLayout } from './flat-parameters.js';
import type { Answer, ExampleSource, Order, Share, WorkerSetup } from './gradient-protocol.js';

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

function failure(error: unknown): Answer {
  if (error instanceof UserError) return { error: error.message, isUserError: true };
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error), isUserError: false };
}

async function openRunner(setup: WorkerSetup, source: ExampleSource): Promise<ShareRunner> {
  const runtime = await openRuntime(parseDevice(setup.device));
  return new ShareRunner(setup, source, {
    gradient: await runtime.open(setup.gradientProgram),
    loss: await runtime.open(setup.lossProgram),
  });
}

/**
 * Serves gradients from a worker thread: call this from the thread's main file. What goes wrong, from the start on,
 * is told to the pool.
 * @param source where the examples come from
 */
export async function serveGradients(setup: WorkerSetup, source: ExampleSource): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('serveGradients must be called in a worker thread');
  const answer = (message: Answer): void => port.postMessage(message);
  try {
    const runner = await openRunner(setup, source);
    port.on('message', (order: Order) => {
      // Ends this thread alone.
      if (order === 'stop') process.exit();
      runner.run(order).then(
        (loss) => answer({ loss }),
        (error: unknown) => answer(failure(error)),
      );
    });
  } catch (error) {
    answer(failure(error));
  }
}
