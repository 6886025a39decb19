import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchMolecules } from '../../../src/conformers/graphs/molecule-batch.js';
import { type OpenDenoiser, openDenoiser, scoreOf } from '../../../src/conformers/networks/denoiser-run.js';
import { recordedNoise } from '../../../src/conformers/sampling/noise-source.js';
import { karrasLevels, probabilityFlow } from '../../../src/conformers/sampling/probability-flow.js';
import { type SamplingJob, sampleBatch } from '../../../src/conformers/sampling/sample-batch.js';
import { samplingPlan } from '../../../src/conformers/sampling/sampling-plan.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { motionError } from '../../../src/testing/index.js';
import { expectClose } from '../../support/close.js';
import { type PlacedGraphs, permutation, placedGraphs, rotation, translation } from '../../support/placed-molecules.js';
import { knownShape } from '../support/stub-denoiser.js';
import { tinyProgram } from '../support/tiny-denoiser.js';

let denoiser: OpenDenoiser;
beforeAll(async () => {
  denoiser = await openDenoiser(await openRuntime(), tinyProgram());
});
afterAll(() => denoiser.close());

const levels = karrasLevels(6, 2);
const molecules = placedGraphs(['C[C@H](O)N', 'CCO'], Rng.fromSeed(1));
const recorded = Rng.fromSeed(2).fillNormal(new Float32Array(molecules.positions.length));

/** A whole run: positions are where it starts. */
const run =
  (noise: Float32Array) =>
  ({ graphs, positions }: PlacedGraphs): Promise<Float32Array> => {
    const batch = batchMolecules(
      graphs,
      graphs.map(() => 1),
    );
    const { atomStart, graphOfNode } = batch;
    const sizes = { nodes: atomStart[graphs.length], graphs: graphs.length, graphOfNode };
    const options = { noise: recordedNoise([noise]), start: positions, levels };
    return probabilityFlow(scoreOf(denoiser.of(batch)), sizes, options);
  };

test('a whole sampling run follows rotation, translation and permutation of start and noise', async () => {
  const before = await run(recorded)(molecules);
  expect(before.some((x, k) => Math.abs(x - molecules.positions[k]) > 0.3)).toBe(true);
  const rng = Rng.fromSeed(3);
  for (const motion of [rotation(rng), translation(molecules, rng), permutation(molecules, rng)]) {
    // Noise has no place that could be shifted.
    const noise = motion.output(recorded);
    expect(await motionError(run(noise), molecules, before, motion)).toBeLessThan(1e-5);
  }
});

describe('a batch', () => {
  const job = (smiles: string, k: number, start?: Float32Array): SamplingJob => ({
    molecule: parseSmiles(smiles),
    rng: Rng.fromSeed(1).fork(k),
    start,
  });
  const plan = { start: 'noise', steps: 4, sigma: 3 } as const;

  test.each(['flow', 'langevin', 'predictor-corrector'] as const)(
    'makes of each molecule by %s what it becomes alone, whatever is beside it',
    async (sampler) => {
      const own = samplingPlan({ ...plan, sampler, steps: sampler === 'flow' ? 4 : 1 });
      const [alone] = await sampleBatch(denoiser, [job('CCO', 7)], own);
      const beside = await sampleBatch(denoiser, [job('C[C@H](O)N', 3), job('CCO', 7), job('C', 1)], own);
      expect(beside.map(({ coordinates }) => coordinates.length)).toEqual([33, 27, 15]);
      expectClose(beside[1].coordinates, alone.coordinates, 1e-4);
      const sum = alone.coordinates.reduce((total, x, k) => (k % 3 === 0 ? total + x : total), 0);
      expect(Math.abs(sum)).toBeLessThan(1e-4);
    },
  );

  test('starts from the shapes that it is given, under noise', async () => {
    const { shape } = knownShape('CCO');
    const shapes = samplingPlan({ steps: 2, sigma: 0.03 });
    const [sampled] = await sampleBatch(denoiser, [{ ...job('CCO', 1, shape), trace: true }], shapes);
    const [first] = sampled.path ?? [];
    const shift = first.coordinates.map((x, k) => x - shape[k]);
    const deviation = Math.sqrt(shift.reduce((total, x) => total + x * x, 0) / shift.length);
    expect(deviation).toBeGreaterThan(0.015);
    expect(deviation).toBeLessThan(0.045);
    await expect(sampleBatch(denoiser, [job('CCO', 1)], shapes)).rejects.toThrow(
      'job 0 has no coordinates to start from, expected 27',
    );
  });

  test('tells as many calls as its plan has', async () => {
    for (const sampler of ['flow', 'langevin', 'predictor-corrector'] as const) {
      const told: number[][] = [];
      const own = samplingPlan({ ...plan, sampler, steps: 2 });
      const onStep = ({ call, calls }: { call: number; calls: number }) => told.push([call, calls]);
      await sampleBatch(denoiser, [job('C', 1)], own, { onStep });
      const [last, all] = told[told.length - 1];
      expect(last).toBe(all);
      expect(new Set(told.map(([, calls]) => calls)).size).toBe(1);
    }
  });
});
