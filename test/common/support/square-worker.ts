import { threadId } from 'node:worker_threads';
import { UserError } from '../../../src/common/errors.js';
import { serveTasks } from '../../../src/common/worker-tasks.node.js';

export interface SquareTask {
  readonly number: number;
  readonly trouble?: 'user' | 'fault' | 'exit' | 'forever';
}

serveTasks(({ number, trouble }: SquareTask) => {
  if (trouble === 'user') throw new UserError('not this number');
  if (trouble === 'fault') throw new Error('a fault');
  if (trouble === 'exit') process.exit(3);
  if (trouble === 'forever') return new Promise<never>(() => undefined);
  return { answer: { square: number ** 2, thread: threadId } };
});
