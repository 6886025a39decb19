import { threadId } from 'node:worker_threads';
import { UserError } from '../../../src/common/errors.js';
import type { ThreadWork } from '../../../src/common/thread-work.js';

export interface SquareTask {
  readonly number: number;
  readonly trouble?: 'user' | 'fault' | 'exit' | 'forever' | 'until told';
}

export interface SquareAnswer {
  readonly square: number;
  readonly thread: number;
}

/** @param unit what squares are multiplied by; none at all is a mistake of the user's */
export const threadWork: ThreadWork<SquareTask, SquareAnswer, number> = (unit) => {
  if (unit === 0) throw new UserError('the unit must not be 0');
  return async ({ number, trouble }, signal) => {
    if (trouble === 'user') throw new UserError('not this number');
    if (trouble === 'fault') throw new Error('a fault');
    if (trouble === 'exit') process.exit(3);
    if (trouble === 'until told') await new Promise((resolve) => signal.addEventListener('abort', resolve));
    if (trouble === 'forever') return new Promise<never>(() => undefined);
    return { answer: { square: unit * number ** 2, thread: threadId } };
  };
};
