import type { ScoreFunction } from '../networks/score-function.js';
import { publishedSampler } from './published-sampling.js';
import type { SampledMolecules, Sampler } from './sampler.js';
import { type SamplingOptions, SamplingRun } from './sampling.js';

/**
 * Annealed Langevin dynamics as published (Song & Ermon 2019; Du et al. 2022): at every noise level σ, from the
 * highest to the lowest, steps x ← x + ε·score(x, σ) + √(2ε)·z with ε = stepSize · (σ/σ_lowest)²: 5,000 network calls.
 * @param molecules what the positions are of; all molecules move at once
 * @returns positions [nodes · 3], in ångström
 * @throws UserError for options that make no sense, or a score that is not finite; the signal's reason when aborted
 */
export async function annealedLangevin(
  score: ScoreFunction,
  molecules: SampledMolecules,
  options: SamplingOptions,
): Promise<Float32Array> {
  const run = new SamplingRun(score, molecules, options, () => 0);
  for (const sigma of run.levels) await run.langevin(sigma);
  return run.positions;
}

/** {@link annealedLangevin} as conformers are made by it. */
export const langevinSampler = {
  name: 'langevin',
  title: 'annealed Langevin dynamics as published',
  ...publishedSampler(annealedLangevin, () => 0),
} as const satisfies Sampler;
