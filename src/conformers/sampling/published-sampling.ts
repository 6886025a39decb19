import type { ScoreFunction } from '../networks/score-function.js';
import { recentre } from './centre.js';
import { LOWEST_SIGMA, noiseLevels } from './noise-levels.js';
import type { SampledMolecules, Sampler, SamplingContext, SamplingPlan } from './sampler.js';
import type { SamplingOptions, SamplingStep } from './sampling.js';

/** Langevin steps at every noise level, as published. */
const STEPS_PER_LEVEL = 100;

/** Steps of Langevin dynamics relative to σ², as published. */
const STEP_SHARE = 0.02;

/** The network calls of Langevin steps at so many noise levels, and of the last step to none. */
export const publishedCalls = (levels: number): number => levels * STEPS_PER_LEVEL + 1;

/** A published sampler. */
type Published = (score: ScoreFunction, molecules: SampledMolecules, options: SamplingOptions) => Promise<Float32Array>;

/**
 * The published samplers, with two changes that suit a denoiser: they start under noise of the first level, which is
 * what the network knows, and end with a step to what it takes for the shape without noise.
 */
export async function samplePublished(
  run: Published,
  callsOf: Sampler['calls'],
  score: ScoreFunction,
  molecules: SampledMolecules,
  plan: SamplingPlan,
  { noise, start, lowest = LOWEST_SIGMA, signal, onStep }: SamplingContext,
): Promise<Float32Array> {
  const levels = noiseLevels({ count: plan.steps, largest: plan.sigma, smallest: lowest });
  const noised = new Float32Array(3 * molecules.nodes);
  noise(noised);
  for (let k = 0; k < noised.length; k++) noised[k] = plan.sigma * noised[k] + (start?.[k] ?? 0);
  const calls = callsOf(plan);
  const tell = (step: SamplingStep): void => onStep?.({ ...step, calls });
  const last = levels[levels.length - 1];
  const positions = await run(score, molecules, {
    noise,
    start: noised,
    levels,
    stepsPerLevel: STEPS_PER_LEVEL,
    stepSize: STEP_SHARE * last ** 2,
    signal,
    onStep: tell,
  });
  const slope = await score(positions, last);
  for (let k = 0; k < positions.length; k++) positions[k] += last ** 2 * slope[k];
  recentre(positions, molecules);
  tell({ call: calls, calls, sigma: 0, positions });
  return positions;
}
