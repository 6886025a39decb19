import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from './failure.js';
import type { Order, Reply, ThreadStart, ThreadWork } from './thread-work.js';

// The main file of every thread of a ThreadPool. What goes wrong with a task is told to the pool, and the thread stays
// for the next one; where the work could not be opened, each task is told so.

async function openWork({ module, setup }: ThreadStart) {
  const { threadWork }: { threadWork: ThreadWork<unknown, unknown, unknown> } = await import(module);
  return threadWork(setup);
}

const opening = openWork(workerData);
opening.catch(() => undefined);
let running: { readonly job: number; readonly controller: AbortController } | undefined;

async function work({ job, task }: { readonly job: number; readonly task: unknown }): Promise<void> {
  const controller = new AbortController();
  running = { job, controller };
  try {
    const doTask = await opening;
    const { answer, transfer = [] } = await doTask(task, controller.signal);
    parentPort?.postMessage({ answer } satisfies Reply<unknown>, transfer);
  } catch (error) {
    parentPort?.postMessage(failureOf(error) satisfies Reply<unknown>);
  }
}

parentPort?.on('message', (order: Order<unknown>) => {
  if (order.kind === 'work') void work(order);
  else if (order.kind === 'cancel') {
    if (running?.job === order.job) running.controller.abort();
  } else {
    // Ends this thread alone, and not while an engine is being opened.
    const end = (): void => process.exit();
    opening.then(end, end);
  }
});
