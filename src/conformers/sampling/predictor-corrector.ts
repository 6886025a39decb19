import type { ScoreFunction } from '../networks/score-function.js';
import { publishedSampler } from './published-sampling.js';
import type { SampledMolecules, Sampler } from './sampler.js';
import { type SamplingOptions, SamplingRun } from './sampling.js';

/**
 * Predictor–corrector sampling (Song et al. 2021): Langevin steps at every noise level, and from one level to the next
 * a step of the probability flow, dx = −½ d(σ²)/dσ · score dσ, which carries positions noised by σ to positions noised
 * by the next σ′:  x ← x + ½ (σ² − σ′²) score(x, σ).
 * @param options as for {@link annealedLangevin}; without Langevin steps, a plain probability-flow sampler is left
 * @returns positions [nodes · 3], in ångström
 * @throws UserError for options that make no sense, or a score that is not finite; the signal's reason when aborted
 */
export async function predictorCorrector(
  score: ScoreFunction,
  molecules: SampledMolecules,
  options: SamplingOptions,
): Promise<Float32Array> {
  const run = new SamplingRun(score, molecules, options, (levels) => levels - 1);
  for (const [k, sigma] of run.levels.entries()) {
    await run.langevin(sigma);
    const next = run.levels[k + 1];
    if (next !== undefined) await run.move(sigma, (sigma ** 2 - next ** 2) / 2, 0);
  }
  return run.positions;
}

/** {@link predictorCorrector} as conformers are made by it. */
export const predictorCorrectorSampler = {
  name: 'predictor-corrector',
  title: 'Langevin steps and steps of the flow in turns as published',
  ...publishedSampler(predictorCorrector, (levels) => levels - 1),
} as const satisfies Sampler;
