import { describe, expect, it } from 'vitest';
import { createModel, type ModelConfig, systemFunction } from '../../src/newton/networks/index.js';
import { openPredictor } from '../../src/newton/networks/predictor.js';
import { randomSystems } from '../../src/newton/networks/random-systems.js';
import { partOfNetwork, predictsVelocities } from '../../src/newton/networks/registry.js';
import type { SystemBatch } from '../../src/newton/networks/system-batch.js';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { equivarianceContract } from '../../src/testing/index.js';
import { livelyWeights } from '../support/lively.js';
import { expectClose } from '../support/numeric.js';

const plain = { model: 'propagator', hidden: 8, innerSteps: 2 } as const;

/**
 * Drawn weights, with kicks as weak as those of two bodies in so short a time. What strong ones do to bodies that come
 * close is chaos, in which rounding grows beyond all bounds.
 */
function gentleWeights(config: ModelConfig) {
  const drawn = livelyWeights(createModel(config), 1);
  const isLast = (name: string) => name.startsWith('coefficients.') || name === 'drift_mlp.2.weight';
  return new Map([...drawn].map(([name, values]) => [name, isLast(name) ? values.map((w) => 0.1 * w) : values]));
}

describe.each<ModelConfig>([
  plain,
  { ...plain, edges: 'given' },
  { ...plain, fields: ['gravity', 'magnetic'] },
  { ...plain, scalars: ['mass'], vectors: ['spin'], fields: ['magnetic'] },
])('%j', (config) => {
  // It follows mirror images too, and fields turn around in them as they do.
  const network = systemFunction({ name: 'propagator', model: createModel(config) });
  for (const { name, check } of equivarianceContract(network, openRuntime, {
    weights: gentleWeights(config),
  }))
    it(name, check);
  it('predicts velocities', () => {
    expect(Object.keys(network.output)).toEqual(['predicted_positions', 'predicted_velocities']);
    expect(predictsVelocities(config)).toBe(true);
  });
});

const weights = gentleWeights(plain);
const systems = randomSystems(Rng.fromSeed(2), [5, 2, 7, 3]);

/** What a network with these weights predicts. */
async function predict(config: ModelConfig, batch: SystemBatch) {
  const predictor = await openPredictor(await openRuntime(), createModel(config), weights);
  const { positions, velocities = new Float32Array() } = await predictor.predict(batch);
  await predictor.close();
  return { positions, velocities };
}

describe('a propagator', () => {
  it('keeps total momentum to the rounding of float32, while velocities change', async () => {
    const { velocities } = await predict(plain, systems);
    const change = velocities.map((v, k) => v - systems.velocities[k]);
    let first = 0;
    for (const size of systems.sizes) {
      const rows = [...change.subarray(3 * first, 3 * (first + size))];
      first += size;
      const largest = Math.max(...rows.map(Math.abs));
      expect(largest).toBeGreaterThan(0.01);
      for (const axis of [0, 1, 2]) {
        const total = rows.filter((_, k) => k % 3 === axis).reduce((sum, v) => sum + v, 0);
        expect(Math.abs(total)).toBeLessThan(2e-6 * Math.max(1, largest));
      }
    }
  });

  it('comes in two parts, one after the other, to where it comes as a whole', async () => {
    const half = partOfNetwork({ ...plain, timeSpan: 1 }, 0.5);
    expect(half).toEqual({ ...plain, innerSteps: 1, timeSpan: 0.5 });
    const whole = await predict(plain, systems);
    const there = await predict(half, { ...systems, ...(await predict(half, systems)) });
    expectClose([...there.positions], [...whole.positions], 1e-6);
    expectClose([...there.velocities], [...whole.velocities], 1e-6);
  });

  it('is not cut amid a step, and other networks are not cut at all', () => {
    expect(() => partOfNetwork(plain, 0.3)).toThrow('model.innerSteps is 2, which cannot be cut to 0.3 of it');
    expect(() => partOfNetwork(plain, 0.1)).toThrow('model.innerSteps is 2, which cannot be cut to 0.1 of it');
    expect(() => partOfNetwork({ model: 'clof_vel' }, 0.5)).toThrow(
      'data.span is for networks that go in steps of time; ClofNet does not; remove data.span',
    );
  });
});
