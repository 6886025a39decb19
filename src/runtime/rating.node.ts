import { ThreadPool } from '../common/thread-pool.node.js';
import type { ThreadWork } from '../common/thread-work.js';
import { Rng } from '../random/generator.js';
import { compile, input, matmul, type Tensor } from '../tensor/index.js';
import { openRuntime } from './open-runtime.node.js';

/** A chain of matrix products: [rows, width] times [width, width], `repeats` times over. */
export interface ProductSize {
  readonly rows: number;
  readonly width: number;
  readonly repeats: number;
}

/** What is rated: products as the published networks have them (edges of 20-body systems × 64), and a large one. */
const productSizes = {
  network: { rows: 1520, width: 64, repeats: 32 },
  large: { rows: 1024, width: 1024, repeats: 1 },
} as const satisfies Record<string, ProductSize>;

/** Billions of floating-point operations a second, float32. */
export interface Rate {
  readonly oneCore: number;
  readonly allCores: number;
}

/** How fast this machine multiplies matrices. */
export interface Rating {
  /** Worker threads of `allCores`. */
  readonly threads: number;
  readonly network: Rate;
  readonly large: Rate;
}

/**
 * Rates the machine's matrix products through ONNX Runtime, as networks use it: one thread a session.
 * @param threads how many worker threads `allCores` takes
 * @param seconds the time for each of the four measurements
 */
export async function rateMachine(threads: number, seconds = 0.25): Promise<Rating> {
  const rate = async (size: ProductSize): Promise<Rate> => ({
    oneCore: await rateCore(size, seconds),
    allCores: await rateCores(size, seconds, threads),
  });
  return { threads, network: await rate(productSizes.network), large: await rate(productSizes.large) };
}

/** GFLOP/s of one thread: this one. The median of all runs. */
async function rateCore(size: ProductSize, seconds: number): Promise<number> {
  const executable = await prepare(size);
  const rate = await measure(executable, size, seconds);
  await executable.close();
  return rate;
}

/** GFLOP/s of several worker threads that start together, summed. */
async function rateCores(size: ProductSize, seconds: number, threads: number): Promise<number> {
  const pool = new ThreadPool<RatingTask, number, ProductSize>(new URL(import.meta.url), {
    workers: threads,
    setup: size,
    hasEngine: true,
  });
  // As many tasks as threads: each gets one of either kind.
  const all = (task: RatingTask) => Promise.all(Array.from({ length: threads }, () => pool.submit(task)));
  try {
    await all({ seconds: 0 });
    return (await all({ seconds })).reduce((total, rate) => total + rate, 0);
  } finally {
    await pool.close();
  }
}

/** The task of a thread: its rate. */
interface RatingTask {
  readonly seconds: number;
}

/** What each thread does. */
export const threadWork: ThreadWork<RatingTask, number, ProductSize> = async (size) => {
  const chain = await prepare(size);
  return async ({ seconds }) => ({ answer: await measure(chain, size, seconds) });
};

/** A chain of products with numbers in it, ready to run. */
interface Chain {
  run(): Promise<unknown>;
  close(): Promise<void>;
}

/** Compiles x·W·W·… and opens it; W is such that values keep their size. */
async function prepare({ rows, width, repeats }: ProductSize): Promise<Chain> {
  const w = input('w', [width, width]);
  let product: Tensor = input('x', [rows, width]);
  for (let k = 0; k < repeats; k++) product = matmul(product, w);
  const runtime = await openRuntime();
  const executable = await runtime.open(compile({ product }, { name: 'rating' }));
  const rng = Rng.fromSeed(1);
  const feeds = {
    x: rng.fillNormal(new Float32Array(rows * width)),
    w: rng.fillNormal(new Float32Array(width * width), 0, 1 / Math.sqrt(width)),
  };
  const into = { product: new Float32Array(rows * width) };
  const run = () => executable.run(feeds, {}, into);
  await run();
  return { run, close: () => executable.close() };
}

/** Runs for some time; GFLOP/s by the median time of a run. */
async function measure(chain: Chain, size: ProductSize, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  do {
    const start = performance.now();
    await chain.run();
    times.push(performance.now() - start);
  } while (performance.now() < end);
  const median = times.sort((a, b) => a - b)[times.length >> 1];
  return (2 * size.rows * size.width ** 2 * size.repeats) / median / 1e6;
}
