import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { requirePositiveInteger } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import type { InitialState } from './initial.js';
import { type PerSplit, SPLITS, type Split } from './protocol.js';
import type { SimulationTask } from './simulate-worker.js';
import { frameCount, type Simulation } from './system.js';
import { emptySet, insertSet, type TrajectorySet } from './trajectory-set.js';

export interface ParallelOptions {
  /** Number of threads; by default one for each processor. The result does not depend on it. */
  readonly workers?: number;
  /** Called as trajectories are finished, on the calling thread. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the threads; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Trajectories in a piece of work: small enough for a smooth progress bar, large enough for the messages not to count. */
const CHUNK = 25;

interface Chunk {
  readonly split: Split;
  readonly start: number;
  readonly states: readonly InitialState[];
}

/**
 * Simulates a data set on several threads.
 *
 * @throws UserError for a number of threads that is not a whole number of at least 1
 */
export async function simulateParallel(
  simulation: Simulation,
  states: PerSplit<readonly InitialState[]>,
  options: ParallelOptions = {},
): Promise<PerSplit<TrajectorySet>> {
  const { workers = availableParallelism(), onProgress, signal } = options;
  requirePositiveInteger(workers, 'the number of workers');
  signal?.throwIfAborted();
  const empty = (split: Split) => emptySet(states[split].length, frameCount(simulation), simulation.bodies);
  const sets = { train: empty('train'), valid: empty('valid'), test: empty('test') };
  const queue = SPLITS.flatMap((split) => chunksOf(split, states[split]));
  const total = queue.reduce((sum, chunk) => sum + chunk.states.length, 0);
  let done = 0;
  await runQueue(simulation, queue, workers, signal, (chunk, part) => {
    insertSet(sets[chunk.split], part, chunk.start);
    done += part.trajectories;
    onProgress?.(done, total);
  });
  return sets;
}

function chunksOf(split: Split, states: readonly InitialState[]): Chunk[] {
  const starts = Array.from({ length: Math.ceil(states.length / CHUNK) }, (_, k) => k * CHUNK);
  return starts.map((start) => ({ split, start, states: states.slice(start, start + CHUNK) }));
}

type Finished = (chunk: Chunk, part: TrajectorySet) => void;

/** Starts the threads, lets them empty the queue, and ends them whatever happens. */
async function runQueue(
  simulation: Simulation,
  queue: readonly Chunk[],
  workers: number,
  signal: AbortSignal | undefined,
  onFinished: Finished,
): Promise<void> {
  const pending = [...queue].reverse();
  const threads = Array.from({ length: Math.min(workers, queue.length) }, startWorker);
  const end = () => Promise.all(threads.map((thread) => thread.terminate()));
  const onAbort = () => void end();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.all(threads.map((thread) => drain(thread, simulation, pending, onFinished)));
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await end();
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./simulate-worker.js', import.meta.url));
}

/** Gives one thread pieces of work until none is left. */
function drain(thread: Worker, simulation: Simulation, pending: Chunk[], onFinished: Finished): Promise<void> {
  return new Promise((resolve, reject) => {
    let current = pending.pop();
    const next = () => {
      if (current === undefined) return resolve();
      thread.postMessage({ simulation, states: current.states } satisfies SimulationTask);
    };
    thread.on('message', (part: TrajectorySet) => {
      try {
        if (current !== undefined) onFinished(current, part);
        current = pending.pop();
        next();
      } catch (error) {
        reject(error);
      }
    });
    // An error that comes from another thread has lost its class.
    thread.on('error', (error) =>
      reject(error.name === 'UserError' ? new UserError(error.message, { cause: error }) : error),
    );
    thread.on('exit', (code) => reject(new Error(`a simulation thread ended early, with code ${code}`)));
    next();
  });
}
