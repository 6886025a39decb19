import './no-telemetry.node.js';
import { Worker } from 'node:worker_threads';

/** A thread that may run ONNX Runtime. */
export interface EngineThread {
  readonly worker: Worker;
  /** Settles when the thread has ended. */
  readonly ended: Promise<void>;
}

/** Milliseconds that a thread has to end: on a busy machine it may take many seconds to open a large network first. */
const PATIENCE = 60_000;

/** @param workerData handed to the thread */
export function startEngine(script: URL, workerData: unknown): EngineThread {
  const worker = new Worker(script, { workerData });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => resolve());
  });
  return { worker, ended };
}

/**
 * Asks a thread to end: to terminate it in the midst of ONNX Runtime's code takes the process down.
 * @param order the message to the thread
 */
export async function endEngine({ worker, ended }: EngineThread, order: unknown): Promise<void> {
  worker.postMessage(order);
  const timer = setTimeout(() => void worker.terminate(), PATIENCE);
  await ended;
  clearTimeout(timer);
}
