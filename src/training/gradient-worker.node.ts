import { parentPort } from 'node:worker_threads';
import { failureOf } from '../common/failure.js';
import { parseDevice } from '../runtime/devices.js';
import { openRuntime } from '../runtime/open-runtime.node.js';
import type { Answer, ExampleSource, Order, Share, WorkerSetup } from './gradient-protocol.js';
import { ShareRunner } from './share-runner.js';
import { SharedUpdate } from './shared-update.js';

async function openRunner(setup: WorkerSetup, source: ExampleSource): Promise<ShareRunner> {
  const { gradientProgram: gradient, lossProgram: loss, device } = setup;
  return ShareRunner.open(
    await openRuntime(parseDevice(device)),
    { gradient, loss },
    { source, gradient: setup.gradient },
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
    const update = setup.update && new SharedUpdate(setup.update, setup.index);
    const work = async (share: Share): Promise<number> => {
      if (!share.update || !setup.update || !update) return runner.run(share, setup.weights);
      const loss = await runner.run(share, setup.update.state.weights);
      update.run(share.update);
      return loss;
    };
    port.on('message', (order: Order) => {
      // Ends this thread alone.
      if (order === 'stop') process.exit();
      work(order).then(
        (loss) => answer({ loss }),
        (error: unknown) => answer(failureOf(error)),
      );
    });
  } catch (error) {
    answer(failureOf(error));
  }
}
