import { expect, test } from 'vitest';
import type { Ensemble } from '../../../src/conformers/dataset/ensemble.js';
import type { OpenDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { noiseErrors } from '../../../src/conformers/training/noise-errors.js';
import { Rng } from '../../../src/random/generator.js';
import { knownShape } from '../support/stub-denoiser.js';

const ensembles = Array.from({ length: 12 }, (_, k): Ensemble => {
  const { molecule, shape } = knownShape(k % 2 === 0 ? 'CCO' : 'CC(N)CO');
  return { molecule, conformers: [shape.map((x) => x + 5)], level: 'gfn2' }; // off the origin, as files have them
});

const sigmas = [0.01, 0.1, 1];
const measure = (of: OpenDenoiser['of']) =>
  noiseErrors({ of, close: async () => undefined }, ensembles, sigmas, { rng: Rng.fromSeed(1) });

test('a network that leaves positions as they are leaves the noise', async () => {
  const errors = await measure(() => async (positions) => positions);
  for (const [k, { sigma, noisy, denoised }] of errors.entries()) {
    expect(sigma).toBe(sigmas[k]);
    expect(denoised).toBeCloseTo(noisy, 5);
    // √3 σ, less what goes into moving and turning the whole molecule: 6 of about 36 directions.
    expect(noisy / sigma).toBeGreaterThan(1.4);
    expect(noisy / sigma).toBeLessThan(1.74);
  }
});

test('a network that puts all atoms into one point is off by the size of the molecules', async () => {
  const errors = await measure(() => async (positions) => new Float32Array(positions.length));
  const [{ denoised }] = errors;
  expect(denoised).toBeGreaterThan(1);
  for (const error of errors) expect(error.denoised).toBeCloseTo(denoised, 5);
});
