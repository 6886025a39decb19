import { parentPort, workerData } from 'node:worker_threads';
import { Barrier } from '../../../src/training/barrier.js';

/** What a thread of the barrier's test is started with. */
export interface BarrierTask {
  readonly index: number;
  readonly members: number;
  readonly rounds: number;
  readonly memory: SharedArrayBuffer;
  /** How often each member has come to the barrier so far. */
  readonly visits: Int32Array;
}

/*
 * Comes to the barrier again and again, and tells how often it was let go before everybody had come, and in how many
 * rounds it was told that everybody had.
 */
const { index, members, rounds, memory, visits } = workerData as BarrierTask;
const barrier = new Barrier(members, memory);
let early = 0;
let complete = 0;
for (let round = 1; round <= rounds; round++) {
  // Some take longer to come than others, each in turn.
  if (round % members === index) for (let k = 0; k < 20_000; k++) Atomics.load(visits, index);
  Atomics.store(visits, index, round);
  if (barrier.arrive()) complete++;
  if (visits.some((_, k) => Atomics.load(visits, k) < round)) early++;
}
parentPort?.postMessage({ early, complete });
