import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createModel, type ModelConfig, modelNames } from '../../src/networks/index.js';
import { openPredictor, type Predictor } from '../../src/networks/predictor.js';
import { readModelFile } from '../../src/networks/read-model-file.node.js';
import type { FieldName } from '../../src/networks/system.js';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { assertEquivariant, measureEquivariance, randomSystems } from '../../src/testing/index.js';
import { degenerateSystems } from './degenerate-systems.js';
import { livelyWeights } from './lively.js';

const WEIGHTS = fileURLToPath(new URL('../../weights', import.meta.url));

const frames = ['published', 'orthonormal'] as const;
const configs: ModelConfig[] = modelNames.flatMap((model): ModelConfig[] => {
  if (model === 'gnn' || model === 'rf_vel' || model === 'egnn' || model === 'egnn_vel') return [{ model, hidden: 16 }];
  return frames.map((frame) => ({ model, hidden: 16, frame }));
});

async function withPredictor<T>(config: ModelConfig, use: (predictor: Predictor) => Promise<T>): Promise<T> {
  const model = createModel(config);
  const predictor = await openPredictor(await openRuntime(), model, livelyWeights(model, 3));
  const result = await use(predictor);
  await predictor.close();
  return result;
}

const systems = randomSystems(Rng.fromSeed(4), [5, 3, 8, 2]);

describe.each(
  configs.filter(({ model }) => model !== 'gnn').map((config) => [JSON.stringify(config), config] as const),
)('%s', (_, config) => {
  test('follows rotation, translation and permutation to 1e-5', async () => {
    await withPredictor(config, (net) => assertEquivariant(net.predict, systems, { rng: Rng.fromSeed(5) }));
  });

  test('does on degenerate systems', async () => {
    await withPredictor(config, async (net) => {
      for (const rest of Object.values(degenerateSystems)) {
        const { velocities } = randomSystems(Rng.fromSeed(9), rest.sizes);
        await assertEquivariant(net.predict, rest, { rng: Rng.fromSeed(6) });
        await assertEquivariant(net.predict, { ...rest, velocities }, { rng: Rng.fromSeed(6) });
      }
    });
  });

  const tellsMirrorImages = config.model.startsWith('clof');
  test(`${tellsMirrorImages ? 'tells' : 'does not tell'} a system from its mirror image`, async () => {
    const options = { rng: Rng.fromSeed(7), motions: ['reflection'] } as const;
    const { reflection } = await withPredictor(config, (net) => measureEquivariance(net.predict, systems, options));
    if (tellsMirrorImages) expect(reflection).toBeGreaterThan(2e-4);
    else expect(reflection).toBeLessThan(1e-5);
  });
});

test.each<ModelConfig>([
  { model: 'clof_vel', hidden: 16, scalarize: 'every-layer' },
  { model: 'clof', hidden: 16, scalarize: 'every-layer', frame: 'orthonormal' },
  { model: 'clof_vel', hidden: 16, charges: true },
  { model: 'clof_vel', hidden: 16, fields: ['gravity'] },
  { model: 'clof_vel_gbf', hidden: 16, charges: true, fields: ['gravity', 'magnetic'], scalarize: 'every-layer' },
])('so do networks with options: %j', async (config) => {
  const { fields } = config as { readonly fields?: readonly FieldName[] };
  const given = randomSystems(Rng.fromSeed(4), [5, 3, 8, 2], { fields });
  await withPredictor(config, (net) => assertEquivariant(net.predict, given, { rng: Rng.fromSeed(5) }));
});

test.each(readdirSync(WEIGHTS).filter((name) => /^(clofnet|egnn)-/.test(name)))(
  'so does what is shipped: %s',
  async (name) => {
    const { model, weights } = await readModelFile(join(WEIGHTS, name));
    const net = await openPredictor(await openRuntime(), model, weights);
    const given = randomSystems(Rng.fromSeed(4), [5, 5, 5], { fields: net.fields });
    await assertEquivariant(net.predict, given, { rng: Rng.fromSeed(5) });
    await net.close();
  },
);

test('a plain message-passing network follows the order of the bodies and nothing else', async () => {
  const options = { rng: Rng.fromSeed(5) };
  const errors = await withPredictor({ model: 'gnn', hidden: 16 }, (net) =>
    measureEquivariance(net.predict, systems, options),
  );
  expect(errors.permutation).toBeLessThan(1e-5);
  expect(errors.rotation).toBeGreaterThan(0.1);
  expect(errors.translation).toBeGreaterThan(0.1);
});
