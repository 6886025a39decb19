import { parentPort, type TransferListItem } from 'node:worker_threads';
import { type Failure, failureOf } from './failure.js';

/** What a thread sends back for a task. */
export type Reply<Answer> = { readonly answer: Answer } | Failure;

/** An answer, and the buffers in it that are handed over instead of copied. */
export interface Handover<Answer> {
  readonly answer: Answer;
  readonly transfer?: readonly TransferListItem[];
}

/**
 * Serves the tasks of a `WorkerQueue`: call this from the thread's main file. What goes wrong with a task is told to
 * the queue, and the thread stays for the next one.
 */
export function serveTasks<Task, Answer>(work: (task: Task) => Handover<Answer> | Promise<Handover<Answer>>): void {
  const port = parentPort;
  if (!port) throw new Error('serveTasks must be called in a worker thread');
  const serve = async (task: Task): Promise<void> => {
    try {
      const { answer, transfer = [] } = await work(task);
      port.postMessage({ answer } satisfies Reply<Answer>, transfer);
    } catch (error) {
      port.postMessage(failureOf(error) satisfies Reply<Answer>);
    }
  };
  port.on('message', (task: Task) => void serve(task));
}
