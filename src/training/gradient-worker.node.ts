import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../common/errors.js';
import { failureOf } from '../common/failure.js';
import { errorCode } from '../files/file-errors.node.js';
import { parseDevice } from '../runtime/devices.js';
import { openRuntime } from '../runtime/open-runtime.node.js';
import type { Answer, ExampleSource, Examples, Order, Share, WorkerSetup } from './gradient-protocol.js';
import { ShareRunner } from './share-runner.js';
import { SharedUpdate } from './shared-update.js';

/** Makes the examples by the function that their module exports. */
async function openExamples({ module, task }: WorkerSetup['examples']): Promise<ExampleSource> {
  const exported: Partial<Pick<Examples, 'openExamples'>> = await import(module).catch((cause: unknown) => {
    if (errorCode(cause) !== 'ERR_UNKNOWN_FILE_EXTENSION') throw cause;
    const cure = "start Node with --import of a file that calls register() of 'tsx/esm/api', which threads inherit";
    throw new UserError(`${module}: a worker thread of this Node cannot load TypeScript; ${cure}`, { cause });
  });
  if (exported.openExamples) return exported.openExamples(task);
  throw new UserError(`${module} exports no function openExamples, by which worker threads make examples`);
}

async function openRunner(setup: WorkerSetup): Promise<ShareRunner> {
  const { gradientProgram: gradient, lossProgram: loss, device, examples } = setup;
  const source = await openExamples(examples);
  const runtime = await openRuntime(parseDevice(device));
  return ShareRunner.open(runtime, { gradient, loss }, { source, gradient: setup.gradient });
}

/**
 * The worker threads of gradient pools: each computes shares of batches, as it is told. What goes wrong, from the start
 * on, is told to the pool.
 */
async function serve(setup: WorkerSetup): Promise<void> {
  const answer = (message: Answer): void => parentPort?.postMessage(message);
  try {
    const runner = await openRunner(setup);
    const update = setup.update && new SharedUpdate(setup.update, setup.index);
    const work = async (share: Share): Promise<number> => {
      if (!share.update || !setup.update || !update) return runner.run(share, setup.weights);
      const loss = await runner.run(share, setup.update.state.weights);
      update.run(share.update);
      return loss;
    };
    parentPort?.on('message', (order: Order) => {
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

await serve(workerData as WorkerSetup);
