import { ThreadPool } from '../../../src/common/thread-pool.node.js';
import type { SquareAnswer, SquareTask } from './square-work.js';

// A program that does not close its pool. It prints the answer, and is to end by itself.
const module = new URL('./square-work.ts', import.meta.url);
const hasEngine = process.argv[2] === 'engine';
const pool = new ThreadPool<SquareTask, SquareAnswer, number>(module, { workers: 2, setup: 1, hasEngine });
const { square } = await pool.submit({ number: 12 });
console.log(square);
