import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { WorkerQueue } from '../../src/common/worker-queue.node.js';
import type { SquareTask } from './support/square-worker.js';

const script = new URL('./support/square-worker.ts', import.meta.url);
const open = (workers: number) => new WorkerQueue<SquareTask, { square: number; thread: number }>(script, workers);

describe('a queue of worker threads', () => {
  it('answers every task, by no more threads than it may have, which stay', async () => {
    const queue = open(2);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, number) => queue.submit({ number })));
    expect(answers.map(({ square }) => square)).toEqual(Array.from({ length: 30 }, (_, number) => number ** 2));
    const threads = new Set(answers.map(({ thread }) => thread));
    expect(threads.size).toBeLessThanOrEqual(2);
    expect(threads).toContain((await queue.submit({ number: 1 })).thread);
    await queue.close();
  });

  it('passes on what goes wrong with one task, and goes on with the others', async () => {
    const queue = open(1);
    const [bad, worse, fatal, good] = [
      queue.submit({ number: 1, trouble: 'user' }),
      queue.submit({ number: 1, trouble: 'fault' }),
      queue.submit({ number: 1, trouble: 'exit' }),
      queue.submit({ number: 3 }),
    ];
    await expect(bad).rejects.toThrow(new UserError('not this number'));
    await expect(worse).rejects.toThrow('a fault');
    await expect(fatal).rejects.toThrow('a worker thread ended early, with code 3');
    expect((await good).square).toBe(9);
    await queue.close();
  });

  it('drops the tasks of a signal that aborts, and no others', async () => {
    const queue = open(1);
    const controller = new AbortController();
    const [slow, waiting, other] = [
      queue.submit({ number: 1, trouble: 'forever' }, controller.signal),
      queue.submit({ number: 2 }, controller.signal),
      queue.submit({ number: 4 }),
    ];
    controller.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    expect((await other).square).toBe(16);
    await expect(queue.submit({ number: 2 }, controller.signal)).rejects.toThrow('enough');
    await queue.close();
  });

  it('rejects what is not done when it is closed, and starts anew for a later task', async () => {
    const queue = open(1);
    const slow = queue.submit({ number: 1, trouble: 'forever' });
    const closed = expect(slow).rejects.toThrow('closed before this was done');
    await queue.close();
    await closed;
    expect((await queue.submit({ number: 5 })).square).toBe(25);
    await queue.close();
  });

  it('refuses a number of threads that makes no sense', () => {
    expect(() => open(0)).toThrow('the number of workers must be a whole number of at least 1');
  });
});
