import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { ThreadPool } from '../../src/common/thread-pool.node.js';
import type { SquareAnswer, SquareTask } from './support/square-work.js';

const module = new URL('./support/square-work.ts', import.meta.url);
const open = (workers: number, options: { readonly hasEngine?: boolean; readonly setup?: number } = {}) =>
  new ThreadPool<SquareTask, SquareAnswer, number>(module, { workers, setup: 1, ...options });

describe('a pool of threads', () => {
  it('answers every task, by no more threads than it may have, which stay', async () => {
    const pool = open(2);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, number) => pool.submit({ number })));
    expect(answers.map(({ square }) => square)).toEqual(Array.from({ length: 30 }, (_, number) => number ** 2));
    const threads = new Set(answers.map(({ thread }) => thread));
    expect(threads.size).toBeLessThanOrEqual(2);
    expect(threads).toContain((await pool.submit({ number: 1 })).thread);
    await pool.close();
  });

  it('opens the work once a thread, with what the pool gives to all', async () => {
    const pool = open(1, { setup: 10 });
    expect((await pool.submit({ number: 3 })).square).toBe(90);
    await pool.close();
  });

  it('tells each task why the work could not be opened', async () => {
    const pool = open(1, { setup: 0 });
    for (const number of [1, 2]) {
      await expect(pool.submit({ number })).rejects.toThrow(new UserError('the unit must not be 0'));
    }
    await pool.close();
  });

  it.each([false, true])('passes on what goes wrong with one task, and goes on (engine: %s)', async (hasEngine) => {
    const pool = open(1, { hasEngine });
    const [bad, worse, fatal, good] = [
      pool.submit({ number: 1, trouble: 'user' }),
      pool.submit({ number: 1, trouble: 'fault' }),
      pool.submit({ number: 1, trouble: 'exit' }),
      pool.submit({ number: 3 }),
    ];
    await expect(bad).rejects.toThrow(new UserError('not this number'));
    await expect(worse).rejects.toThrow('a fault');
    await expect(fatal).rejects.toThrow('a worker thread ended early, with code 3');
    expect((await good).square).toBe(9);
    await pool.close();
  });

  it('drops the tasks of a signal that aborts, and no others', async () => {
    const pool = open(1);
    const controller = new AbortController();
    const [slow, waiting, other] = [
      pool.submit({ number: 1, trouble: 'forever' }, controller.signal),
      pool.submit({ number: 2 }, controller.signal),
      pool.submit({ number: 4 }),
    ];
    controller.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    expect((await other).square).toBe(16);
    await expect(pool.submit({ number: 2 }, controller.signal)).rejects.toThrow('enough');
    await pool.close();
  });

  it('tells a thread with an engine to stop, and does not terminate it', async () => {
    const pool = open(1, { hasEngine: true });
    const { thread } = await pool.submit({ number: 1 });
    const controller = new AbortController();
    const slow = pool.submit({ number: 1, trouble: 'until told' }, controller.signal);
    const next = pool.submit({ number: 4 });
    controller.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
    expect(await next).toEqual({ square: 16, thread });
    await pool.close();
  });

  it.each([false, true])(
    'rejects what is not done when it is closed, and later tasks (engine: %s)',
    async (hasEngine) => {
      const pool = open(1, { hasEngine });
      const closed = [
        expect(pool.submit({ number: 1, trouble: 'forever' })).rejects.toThrow('the threads were closed'),
        expect(pool.submit({ number: 1 })).rejects.toThrow('the threads were closed'),
      ];
      await pool.close();
      await Promise.all(closed);
      await expect(pool.submit({ number: 5 })).rejects.toThrow('the threads were closed');
      await pool.close();
    },
  );

  it('rejects a task that cannot go to a thread, and goes on', async () => {
    const pool = open(1);
    const task = { number: 1, because: () => 'functions stay where they are' };
    await expect(pool.submit(task)).rejects.toThrow('could not be cloned');
    expect((await pool.submit({ number: 2 })).square).toBe(4);
    await pool.close();
  });

  it.each(['plain', 'engine'])('does not keep a process alive by idle threads (%s)', async (kind) => {
    const script = fileURLToPath(new URL('./support/idle-pool.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, kind], {
      timeout: 50_000,
    });
    expect(stdout).toBe('144\n');
  });

  it('refuses a number of threads that makes no sense', () => {
    expect(() => open(0)).toThrow('the number of workers must be a whole number of at least 1');
  });
});
