import { availableParallelism } from 'node:os';
import { ThreadPool } from '../../common/thread-pool.node.js';
import type { ThreadWork } from '../../common/thread-work.js';
import { emptySet, insertSet, type TrajectorySet } from '../data/trajectory-set.js';
import type { InitialState } from '../system/initial.js';
import { type Simulation, snapshotCount } from '../system/system.js';
import { type PerSplit, SPLITS, type Split } from './protocol.js';
import { simulate } from './simulate.js';

/** How {@link simulateParallel} works. */
export interface ParallelOptions {
  /** Number of threads; by default one per core. The result does not depend on it. */
  readonly workers?: number;
  /** Called as trajectories are finished, on the calling thread. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the threads; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Most trajectories in a piece of work: enough for the messages not to count. */
const MOST = 25;
/** Most forces of pairs in a piece of work, unless one trajectory has more: a second or so, for a smooth progress bar. */
const MOST_FORCES = 2.5e7;
/** About so many bodies are within reach of a cutoff. */
const NEIGHBOURS = 20;

/** The task of a thread: one trajectory from each state. */
interface SimulationTask {
  readonly simulation: Simulation;
  readonly states: readonly InitialState[];
}

/** What each thread does. */
export const threadWork: ThreadWork<SimulationTask, TrajectorySet> = () => (task) => {
  const answer = simulate(task.simulation, task.states);
  const { loc, vel, charges, edges } = answer;
  return { answer, transfer: [loc, vel, charges, edges].map((array) => array.buffer as ArrayBuffer) };
};

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
  const threads = new ThreadPool<SimulationTask, TrajectorySet>(new URL(import.meta.url), { workers });
  signal?.throwIfAborted();
  const empty = (split: Split) => emptySet(states[split].length, snapshotCount(simulation), simulation.bodies);
  const sets = { train: empty('train'), valid: empty('valid'), test: empty('test') };
  const queue = SPLITS.flatMap((split) => chunksOf(split, states[split], chunkSize(simulation)));
  const total = queue.reduce((sum, chunk) => sum + chunk.states.length, 0);
  let done = 0;
  try {
    await Promise.all(
      queue.map(async ({ split, start, states }) => {
        const part = await threads.submit({ simulation, states }, signal);
        insertSet(sets[split], part, start);
        done += part.trajectories;
        onProgress?.(done, total);
      }),
    );
  } finally {
    await threads.close();
  }
  return sets;
}

function chunkSize({ bodies, steps, cutoff }: Simulation): number {
  const others = cutoff === undefined ? bodies : Math.min(bodies, NEIGHBOURS);
  const forces = (bodies * others * steps) / 2;
  return Math.min(MOST, Math.max(1, Math.floor(MOST_FORCES / forces)));
}

function chunksOf(split: Split, states: readonly InitialState[], size: number): Chunk[] {
  const starts = Array.from({ length: Math.ceil(states.length / size) }, (_, k) => k * size);
  return starts.map((start) => ({ split, start, states: states.slice(start, start + size) }));
}
