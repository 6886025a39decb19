import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Barrier } from '../../src/training/barrier.js';
import type { BarrierTask } from './support/barrier-worker.js';

const threads: Worker[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
});

/** What threads say that come to a barrier; some of its members may stay away. */
function meet(barrier: Barrier, members: number, { present = members, rounds = 200 } = {}) {
  const visits = new Int32Array(new SharedArrayBuffer(4 * members));
  const answers = Array.from({ length: present }, async (_, index) => {
    const workerData: BarrierTask = { index, members, rounds, memory: barrier.memory, visits };
    const thread = new Worker(new URL('./support/barrier-worker.ts', import.meta.url), { workerData });
    threads.push(thread);
    const [answer] = await once(thread, 'message');
    return answer as { early: number; complete: number };
  });
  return { visits, answers: Promise.all(answers) };
}

describe('a barrier', () => {
  it.each([2, 3])('lets nobody go before all %i have come, round after round', async (members) => {
    const { answers } = meet(new Barrier(members), members);
    expect(await answers).toEqual(Array(members).fill({ early: 0, complete: 200 }));
  });

  it('of one never waits', () => {
    const barrier = new Barrier(1);
    expect([barrier.arrive(), barrier.arrive(), barrier.arrive()]).toEqual([true, true, true]);
  });

  it('lets everybody go once it is cancelled, and says so', async () => {
    const barrier = new Barrier(3);
    const { visits, answers } = meet(barrier, 3, { present: 2 });
    await expect.poll(() => [...visits], { timeout: 10_000 }).toEqual([1, 1, 0]);
    barrier.cancel();
    expect(await answers).toEqual([
      { early: 200, complete: 0 },
      { early: 200, complete: 0 },
    ]);
    expect(barrier.arrive()).toBe(false);
  });
});
