import type { ScoreFunction } from '../networks/score-function.js';
import { recentre } from './centre.js';
import { LOWEST_SIGMA, noiseLevels } from './noise-levels.js';
import type { SampledMolecules, Sampler, SamplingContext, SamplingPlan } from './sampler.js';
import type { SamplingOptions, SamplingStep } from './sampling.js';

/** Langevin steps at every noise level, as published. */
const STEPS_PER_LEVEL = 100;

/** Steps of Langevin dynamics relative to σ², as published. */
const STEP_SHARE = 0.02;

/** A published sampler. */
type Published = (score: ScoreFunction, molecules: SampledMolecules, options: SamplingOptions) => Promise<Float32Array>;

/**
 * A published sampler as conformers are made by it, with two changes that suit a denoiser: it starts under noise of the
 * first level, which is what the network knows, and ends with a step to what it takes for the shape without noise.
 * @param extraCalls network calls in addition to those of Langevin steps and of the last step, over so many levels
 */
export function publishedSampler(run: Published, extraCalls: (levels: number) => number) {
  const calls: Sampler['calls'] = ({ steps }) => steps * STEPS_PER_LEVEL + extraCalls(steps) + 1;
  return {
    start: 'noise',
    steps: { shapes: 20, noise: 50 },
    options: {},
    calls,
    sample: (score, molecules, plan, context) =>
      sample(run, score, molecules, plan, { ...context, calls: calls(plan) }),
  } as const satisfies Omit<Sampler, 'name' | 'title'>;
}

async function sample(
  run: Published,
  score: ScoreFunction,
  molecules: SampledMolecules,
  plan: SamplingPlan,
  { noise, start, lowest = LOWEST_SIGMA, calls, signal, onStep }: SamplingContext & { readonly calls: number },
): Promise<Float32Array> {
  const levels = noiseLevels({ count: plan.steps, largest: plan.sigma, smallest: lowest });
  const noised = new Float32Array(3 * molecules.nodes);
  noise(noised);
  for (let k = 0; k < noised.length; k++) noised[k] = plan.sigma * noised[k] + (start?.[k] ?? 0);
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
