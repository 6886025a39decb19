import { test } from 'vitest';
import {
  createModel,
  type ModelConfig,
  modelNames,
  openPredictor,
  randomSystems,
  systemSample,
  systemSubject,
} from '../../../src/newton/networks/index.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { assertEquivariant } from '../../../src/testing/index.js';
import { livelyWeights } from '../../support/lively.js';

const networks = modelNames.filter((model) => model !== 'gnn');
const cases = networks.flatMap((model): ModelConfig[] =>
  model === 'propagator'
    ? [{ model, innerSteps: 2 }]
    : (['published', 'orthonormal'] as const).map((frame) => ({ model, frame })),
);
/** Where a strong kick follows another, rounding grows with each. */
const tolerances: Readonly<Record<string, number>> = { propagator: 1e-4 };

test.each(cases)('%j follows motions where bodies lie in one place', async (options) => {
  const model = createModel({ ...options, hidden: 16 });
  const { predict, close } = await openPredictor(await openRuntime(), model, livelyWeights(model, 3));
  for (const speed of [0, 0.5]) {
    const positions = Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2);
    const systems = { ...randomSystems(Rng.fromSeed(8), [4], { speed }), positions };
    await assertEquivariant(
      systemSubject(async (moved) => (await predict(moved)).positions),
      systemSample(systems),
      { rng: Rng.fromSeed(6), tolerance: tolerances[options.model] },
    );
  }
  await close();
});
