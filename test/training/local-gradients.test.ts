import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { GradientPool } from '../../src/training/gradient-pool.node.js';
import { LocalGradients } from '../../src/training/local-gradients.js';
import { defaultOptimizer } from '../../src/training/optimizer.js';
import { freshState, Optimizer } from '../../src/training/optimizer-run.js';
import { expectClose } from '../support/numeric.js';
import { type Heaps, plainLoss, planeExamples, planeParameters, planePrograms, pointsOf } from './support/plane.js';

/** Heaps of 1 to 5 points anywhere. */
function heapsOf(count: number, seed: number): Heaps {
  const rng = Rng.fromSeed(seed);
  const sizes = Array.from({ length: count }, () => 1 + rng.integer(5));
  const points = sizes.reduce((a, b) => a + b, 0);
  const normals = (length: number): number[] => [...rng.fillNormal(new Float32Array(length))];
  return { sizes, x: normals(2 * points), z: normals(points) };
}

const sets = { train: heapsOf(23, 1), valid: heapsOf(40, 2) };
const common = {
  parameters: planeParameters,
  programs: planePrograms(),
  examples: planeExamples({ sets }),
  microBatchEdges: 6,
};
const batch = Int32Array.of(3, 17, 5, 11, 0, 22, 8);
const places = [
  [0.25, 1, -0.5],
  [-2, 0, 3],
];

let local: LocalGradients;
let pool: GradientPool;
beforeAll(async () => {
  local = await LocalGradients.open(await openRuntime(), common);
  pool = new GradientPool({ ...common, workers: 1, device: 'cpu' });
});
afterAll(() => Promise.all([local.close(), pool.close()]));

const gradientOf = async (from: LocalGradients | GradientPool, examples: Int32Array) => {
  // What was there before must not count.
  const gradient = new Float32Array(3).fill(99);
  return { loss: await from.gradient('train', examples, 0, gradient), gradient: [...gradient] };
};

describe('gradients on the calling thread', () => {
  it('are those of a pool of one worker, to the last bit, at the weights that were set last', async () => {
    for (const at of places) {
      for (const from of [local, pool]) from.setWeights(Float32Array.from(at));
      for (const examples of [batch, Int32Array.of(4), batch])
        expect(await gradientOf(local, examples)).toEqual(await gradientOf(pool, examples));
      expect(await local.loss('valid')).toBe(await pool.loss('valid'));
    }
  });

  it('are those of the whole batch, however it is cut', async () => {
    local.setWeights(Float32Array.from(places[0]));
    const { loss, gradient } = await gradientOf(local, batch);
    const expected = plainLoss(pointsOf(sets.train, batch), places[0]);
    expect(loss).toBeCloseTo(expected.loss, 5);
    expectClose(gradient, expected.gradient, 1e-5);
  });

  it('take the steps of a pool of one worker, to the last bit', async () => {
    const steps = async (where: 'local' | 'pool') => {
      const optimizer = new Optimizer(
        { ...defaultOptimizer, clipNorm: 0.5, averageDecay: 0.9 },
        freshState(Float32Array.from(places[0])),
        { shared: where === 'pool' },
      );
      const from =
        where === 'pool'
          ? new GradientPool({ ...common, workers: 1, device: 'cpu', optimizer })
          : await LocalGradients.open(await openRuntime(), { ...common, optimizer });
      const results = [];
      for (let step = 1; step <= 5; step++) results.push(await from.step('train', batch, { rate: 0.1, step }));
      await from.close();
      return { results, state: Object.values(optimizer.state).map((vector) => [...vector]) };
    };
    const found = await steps('local');
    expect(found).toEqual(await steps('pool'));
    expect(found.results[4].loss).toBeLessThan(found.results[0].loss);
  });

  it('take steps only with an optimiser', async () => {
    await expect(local.step('train', batch, { rate: 0.1, step: 1 })).rejects.toThrow('without an optimiser');
  });

  it('know their sets', async () => {
    await expect(local.loss('tset')).rejects.toThrow('there is no set of examples named tset');
  });
});
