import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { Rng } from '../../src/random/generator.js';
import { GradientPool, type PoolOptions } from '../../src/training/gradient-pool.js';
import { expectClose } from '../support/numeric.js';
import { type Heaps, plainLoss, planeParameters, planePrograms, planeSizes, pointsOf } from './support/plane.js';

/** Heaps of 1 to 5 points about a plane. */
function heapsOf(count: number, seed: number): Heaps {
  const rng = Rng.fromSeed(seed);
  const sizes = Array.from({ length: count }, () => 1 + rng.integer(5));
  const points = sizes.reduce((a, b) => a + b, 0);
  const x = [...rng.fillNormal(new Float32Array(2 * points))];
  const z = Array.from({ length: points }, (_, k) =>
    Math.fround(0.5 * x[2 * k] - 2 * x[2 * k + 1] + 1 + 0.1 * rng.normal()),
  );
  return { sizes, x, z };
}

const sets = { train: heapsOf(23, 1), valid: heapsOf(40, 2) };
const at = [0.25, 1, -0.5];
const pools: GradientPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(workers: number, changes: Partial<PoolOptions> = {}, task: object = {}): GradientPool {
  const pool = new GradientPool({
    workerFile: new URL('./support/plane-worker.ts', import.meta.url),
    task: { sets, ...task },
    workers,
    device: 'cpu',
    parameters: planeParameters,
    programs: planePrograms(),
    sets: { train: planeSizes(sets.train), valid: planeSizes(sets.valid) },
    ...changes,
  });
  pools.push(pool);
  pool.setWeights(Float32Array.from(at));
  return pool;
}

async function gradientOf(pool: GradientPool, examples: Int32Array) {
  // What was there before must not count.
  const gradient = new Float32Array(3).fill(99);
  return { loss: await pool.gradient('train', examples, 0, gradient), gradient: [...gradient] };
}

const batch = Int32Array.of(3, 17, 5, 11, 0, 22, 8);

describe('a gradient pool', () => {
  it.each([
    [1, undefined],
    [1, 6],
    [2, 6],
    [3, undefined],
  ])('gives the loss and the gradient of the whole batch, with %i workers', async (workers, microBatchEdges) => {
    const pool = open(workers, { microBatchEdges });
    for (const examples of [batch, Int32Array.of(4), batch]) {
      const expected = plainLoss(pointsOf(sets.train, examples), at);
      const { loss, gradient } = await gradientOf(pool, examples);
      expect(loss).toBeCloseTo(expected.loss, 5);
      expectClose(gradient, expected.gradient, 1e-6);
      expect(await gradientOf(pool, examples)).toEqual({ loss, gradient });
    }
  });

  it('gives the same numbers, to the last bit, with as many workers', async () => {
    const [first, second] = [open(2, { microBatchEdges: 4 }), open(2, { microBatchEdges: 4 })];
    await second.loss('valid');
    expect(await gradientOf(second, batch)).toEqual(await gradientOf(first, batch));
    expect(await second.loss('valid')).toBe(await first.loss('valid'));
  });

  it('gives the mean loss of a set, at the weights that were set last', async () => {
    const pool = open(2, { microBatchEdges: 10 });
    const all = pointsOf(sets.valid, [...sets.valid.sizes.keys()]);
    expect(await pool.loss('valid')).toBeCloseTo(plainLoss(all, at).loss, 4);
    pool.setWeights(Float32Array.of(0.5, -2, 1));
    expect(await pool.loss('valid')).toBeCloseTo(plainLoss(all, [0.5, -2, 1]).loss, 6);
  });

  it('computes one batch at a time', async () => {
    const pool = open(2);
    const first = pool.loss('valid');
    await expect(pool.loss('train')).rejects.toThrow('one batch at a time');
    expect(await first).toBe(await pool.loss('valid'));
  });

  it.each([0, 1.5, Number.NaN])('is not made of %d workers', (workers) => {
    expect(() => open(workers)).toThrow(/the number of workers must be a whole number of at least 1/);
    expect(() => open(1, { microBatchEdges: workers })).toThrow(UserError);
  });

  it('knows its sets', async () => {
    await expect(open(1).loss('tset')).rejects.toThrow('there is no set of examples named tset');
  });
});

describe('a worker that fails', () => {
  it('rejects the batch with its message, and every one after it', async () => {
    const pool = open(2, {}, { poison: { example: 11, way: 'throw' } });
    await gradientOf(pool, Int32Array.of(1, 2, 3));
    await expect(gradientOf(pool, batch)).rejects.toThrow('example 11 is poisoned');
    await expect(gradientOf(pool, batch)).rejects.toThrow('example 11 is poisoned');
  });

  it('rejects the batch when it exits, and every one after it', async () => {
    const pool = open(2, {}, { poison: { example: 11, way: 'exit' } });
    await expect(gradientOf(pool, batch)).rejects.toThrow('a training worker stopped with exit code 3');
    await expect(gradientOf(pool, batch)).rejects.toThrow('exit code 3');
  });

  it('is noticed where it cannot start, before it was asked for anything', async () => {
    const { loss, gradient } = planePrograms();
    const broken = { ...gradient, bytes: gradient.bytes.slice(0, 50) };
    const pool = open(1, { programs: { loss, gradient: broken } });
    // The other worker, started at the same time, has long been at work when this one is asked.
    const missing = open(1, { workerFile: new URL('./no-such-worker.js', import.meta.url) });
    await open(1).loss('valid');
    await expect(pool.loss('valid')).rejects.toThrow(/model|protobuf/i);
    await expect(missing.loss('valid')).rejects.toThrow('no-such-worker');
  });

  it("tells a mistake of the user's from a fault", async () => {
    const pool = open(1, {}, { poison: { example: 11, way: 'complain' } });
    await expect(gradientOf(pool, batch)).rejects.toThrow(new UserError('example 11 is wrong'));
    await expect(gradientOf(pool, batch)).rejects.toBeInstanceOf(UserError);
  });
});

describe('closing a pool', () => {
  it('rejects what is under way and what comes after', async () => {
    const pool = open(2);
    const pending = pool.loss('valid');
    const settled = expect(pending).rejects.toThrow('a training worker stopped');
    await pool.close();
    await settled;
    await expect(pool.loss('valid')).rejects.toThrow('a training worker stopped');
    await pool.close();
  });
});
