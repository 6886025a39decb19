import { beforeAll, describe, expect, it } from 'vitest';
import { createModel, type ModelConfig, modelNames } from '../../src/networks/index.js';
import type { SystemBatch } from '../../src/networks/system-batch.js';
import { Rng } from '../../src/random/generator.js';
import { randomSystems } from '../../src/testing/index.js';
import { expectClose } from '../support/close.js';
import { type Evaluation, livelyWeights, openModel, problemOf } from '../support/dynamics.js';

const small = { hidden: 8, layers: 2 };
const configs: readonly ModelConfig[] = [
  ...modelNames.map((model) => ({ model, ...small })),
  { model: 'clof_vel', frame: 'orthonormal', ...small },
];

/** System k of a batch alone. */
function alone(batch: SystemBatch, k: number): SystemBatch {
  const first = batch.sizes.slice(0, k).reduce((sum, size) => sum + size, 0);
  const rows = (values: Float32Array, width: number): Float32Array =>
    values.slice(first * width, (first + batch.sizes[k]) * width);
  return {
    sizes: [batch.sizes[k]],
    positions: rows(batch.positions, 3),
    velocities: rows(batch.velocities, 3),
    charges: rows(batch.charges, 1),
  };
}

/** Random systems whose bodies are where, and as fast as, the given rows say. */
function systemsOf(
  sizes: readonly number[],
  given: { readonly positions?: readonly number[]; readonly velocities?: readonly number[] },
): SystemBatch {
  const systems = randomSystems(Rng.fromSeed(5), sizes);
  const replaced = (values: Float32Array, by?: readonly number[]): Float32Array =>
    by ? Float32Array.from(by) : values;
  return {
    ...systems,
    positions: replaced(systems.positions, given.positions),
    velocities: replaced(systems.velocities, given.velocities),
  };
}

const degenerate: Record<string, SystemBatch> = {
  'one body': systemsOf([1], {}),
  'two bodies': systemsOf([2], {}),
  'one body beside three': systemsOf([1, 3], {}),
  'two bodies in one place': systemsOf([3], { positions: [1, 2, 3, 1, 2, 3, -1, 0, 2] }),
  'all bodies in one place': systemsOf([3], { positions: [1, 2, 3, 1, 2, 3, 1, 2, 3] }),
  'bodies on a line, one of them at the centre': systemsOf([3], { positions: [-1, 0, 0, 0, 0, 0, 1, 0, 0] }),
  'bodies at rest': systemsOf([3], { velocities: [0, 0, 0, 0, 0, 0, 0, 0, 0] }),
  'bodies very near to each other': systemsOf([3], { positions: [1, 1, 1, 1, 1, 1.000001, 1, 1.000002, 1] }),
  'bodies far away': systemsOf([2, 2], { positions: [1e4, 0, 0, -1e4, 3, 0, 0, 0, 1e4, 0, 1, 0] }),
};

describe.each(configs.map((config) => [Object.values(config).join(' '), config] as const))('%s', (_, config) => {
  const model = createModel(config);
  let evaluate: (systems: SystemBatch) => Promise<Evaluation>;
  beforeAll(async () => {
    const run = await openModel(model);
    evaluate = (systems) => run(livelyWeights(model), problemOf(systems));
  });

  it('predicts for every system of a batch what it predicts for it alone', async () => {
    const batch = randomSystems(Rng.fromSeed(2), [5, 1, 3, 8, 2]);
    const predictions: number[] = [];
    for (const k of batch.sizes.keys()) predictions.push(...(await evaluate(alone(batch, k))).pred);
    expectClose((await evaluate(batch)).pred, predictions, 1e-5);
  });

  it('looks at positions, velocities and charges', async () => {
    const batch = randomSystems(Rng.fromSeed(3), [4]);
    const before = (await evaluate(batch)).pred;
    for (const name of ['positions', 'velocities', 'charges'] as const) {
      const changed = batch[name].map((value, k) => (k === 0 ? -value : value));
      expect((await evaluate({ ...batch, [name]: changed })).pred, name).not.toEqual(before);
    }
  });

  it.each(Object.entries(degenerate))('has finite values and gradients for %s', async (_name, systems) => {
    const { pred, loss, gradients } = await evaluate(systems);
    expect(pred.every(Number.isFinite)).toBe(true);
    expect(loss).toBeGreaterThanOrEqual(0);
    const broken = [...gradients].filter(([, values]) => !values.every(Number.isFinite)).map(([name]) => name);
    expect(broken).toEqual([]);
  });
});
