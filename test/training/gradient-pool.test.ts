import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { GradientPool, type PoolOptions } from '../../src/training/gradient-pool.node.js';
import { defaultOptimizer, type OptimizerOptions } from '../../src/training/optimizer.js';
import { freshState, Optimizer } from '../../src/training/optimizer-run.js';
import { expectClose } from '../support/numeric.js';
import { plainState, plainStep } from './support/plain-adam.js';
import {
  heapsAboutPlane,
  plainLoss,
  planeExamples,
  planeParameters,
  planePrograms,
  pointsOf,
} from './support/plane.js';

const sets = { train: heapsAboutPlane(23, 1), valid: heapsAboutPlane(40, 2) };
const at = [0.25, 1, -0.5];
const pools: GradientPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(workers: number, changes: Partial<PoolOptions> = {}, task: object = {}): GradientPool {
  const pool = new GradientPool({
    workers,
    device: 'cpu',
    parameters: planeParameters,
    programs: planePrograms(),
    examples: planeExamples({ sets, ...task }),
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

describe('a step', () => {
  const variants: Partial<OptimizerOptions>[] = [
    {},
    { clipNorm: 0.5, averageDecay: 0.9 },
    { kind: 'adam', weightDecay: 0.1 },
  ];
  const batches = [batch, Int32Array.of(4), Int32Array.of(1, 2, 3), batch];

  /** A pool and its optimiser after some steps, and what was said of each. */
  async function taken(workers: number, changes: Partial<OptimizerOptions>) {
    const state = freshState(Float32Array.from(at));
    const optimizer = new Optimizer({ ...defaultOptimizer, ...changes }, state, { shared: true });
    const pool = open(workers, { optimizer, microBatchEdges: 6 });
    const results = [];
    for (const [k, examples] of batches.entries())
      results.push(await pool.step('train', examples, { rate: 0.1, step: k + 1 }));
    return { pool, results, state: Object.values(optimizer.state).map((vector) => [...vector]) };
  }

  // With five workers, two have no parameter to update.
  describe.each([1, 2, 3, 5])('of %i workers', (workers) => {
    it.each(variants)('is that of the published optimiser on the whole gradient: $kind $clipNorm', async (changes) => {
      const { results, state } = await taken(workers, changes);
      const plain = plainState(at);
      for (const [k, examples] of batches.entries()) {
        const { loss, gradient } = plainLoss(pointsOf(sets.train, examples), plain.weights);
        const norm = plainStep(plain, gradient, 0.1, { ...defaultOptimizer, ...changes });
        expect(results[k].loss).toBeCloseTo(loss, 4);
        expect(results[k].norm).toBeCloseTo(norm, 4);
      }
      const { weights, mean, variance, average } = plain;
      const expected = [weights, mean, variance, changes.averageDecay ? average : at];
      for (const [k, vector] of expected.entries()) expectClose(state[k], vector, 1e-5);
      expect(results.at(-1)?.weightSum).toBeCloseTo(
        state[0].reduce((a, b) => a + b, 0),
        5,
      );
    });

    it('gives the same numbers every time', async () => {
      const [first, second] = [await taken(workers, variants[1]), await taken(workers, variants[1])];
      expect([second.results, second.state]).toEqual([first.results, first.state]);
    });
  });

  it("leaves the weights alone that losses are taken at: the optimiser's are its own", async () => {
    const { pool, state } = await taken(2, {});
    const all = pointsOf(sets.valid, [...sets.valid.sizes.keys()]);
    expect(await pool.loss('valid')).toBeCloseTo(plainLoss(all, at).loss, 4);
    expect(plainLoss(all, state[0]).loss).toBeLessThan(0.9 * plainLoss(all, at).loss);
  });

  it('needs an optimiser, whose vectors threads can share', async () => {
    await expect(open(1).step('train', batch, { rate: 0.1, step: 1 })).rejects.toThrow('without an optimiser');
    const optimizer = new Optimizer(defaultOptimizer, freshState(Float32Array.from(at)));
    expect(() => open(1, { optimizer })).toThrow('{ shared: true }');
  });

  it.each([
    ['throw', 'example 11 is poisoned'],
    ['exit', 'exit code 3'],
  ])(
    'that one worker cannot take is rejected, and the others wait for it no longer: %s',
    async (way, message) => {
      const optimizer = new Optimizer(defaultOptimizer, freshState(Float32Array.from(at)), { shared: true });
      const pool = open(3, { optimizer }, { poison: { example: 11, way } });
      await expect(pool.step('train', batch, { rate: 0.1, step: 1 })).rejects.toThrow(message);
      await expect(pool.step('train', batch, { rate: 0.1, step: 1 })).rejects.toThrow(message);
      await pool.close();
      expect([...optimizer.state.weights]).toEqual(at);
      // Threads that do not end by themselves are given ten seconds.
    },
    9000,
  );
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
    const module = new URL('./no-such-module.js', import.meta.url).href;
    const missing = open(1, { examples: { ...planeExamples({ sets }), module } });
    const empty = open(1, {
      examples: { ...planeExamples({ sets }), module: new URL('./support/scripted-pool.ts', import.meta.url).href },
    });
    await open(1).loss('valid');
    await expect(pool.loss('valid')).rejects.toThrow(/model|protobuf/i);
    await expect(missing.loss('valid')).rejects.toThrow('no-such-module');
    await expect(empty.loss('valid')).rejects.toThrow(/scripted-pool.ts exports no function openExamples/);
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
