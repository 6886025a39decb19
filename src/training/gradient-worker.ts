import { parentPort } from 'node:worker_threads';
import { failureOf } from '../common/failure.js';
import { parseDevice } from '../runtime/devices.js';
import { openRuntime } from '../runtime/node.js';
import type { Answer, ExampleSource, Order, WorkerSetup } from './gradient-protocol.js';
import { ShareRunner } from './share-runner.js';

async function openRunner(setup: WorkerSetup, source: ExampleSource): Promise<ShareRunner> {
  const { gradientProgram: gradient, lossProgram: loss, device } = setup;
  return ShareRunner.open(
    await openRuntime(parseDevice(device)),
    { gradient, loss },
    {
      source,
      weights: new Float32Array(setup.weights),
      gradient: new Float32Array(setup.gradient),
    },
  );
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
        (error: unknown) => answer(failureOf(error)),
      );
    });
  } catch (error) {
    answer(failureOf(error));
  }
}
