import { requireFinite, requireOneOf, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import { type TheoryLevel, theoryLevels } from '../dataset/ensemble.js';
import { type SamplerName, type StartName, samplerNames, startNames } from './choices.js';
import { probabilityFlowCalls } from './probability-flow.js';

/** How conformers are sampled: plain data. */
export interface SamplingPlan {
  readonly sampler: SamplerName;
  readonly start: StartName;
  /** Noise levels; see {@link callsOf} for what they cost. */
  readonly steps: number;
  /** The highest noise level, in ångström. */
  readonly sigma: number;
  /** By how much of itself the flow raises each noise level with new noise; 0 for a deterministic flow. */
  readonly churn: number;
  /** The level of theory whose shapes the network shall give. */
  readonly level: TheoryLevel;
}

/** The lowest noise level of every sampler, in ångström; a last step goes from there to none. */
export const LOWEST_SIGMA = 0.02;

/** Langevin steps at every noise level, as published. */
export const STEPS_PER_LEVEL = 100;

/** The highest noise level from each start, in ångström: shapes keep what noise of this size leaves of them. */
const SIGMA: Readonly<Record<StartName, number>> = { shapes: 0.7, noise: 10 };

/**
 * Churn of the flow from each start, chosen on molecules outside of the test sets; see docs/conformer-results.md. The
 * same number of network calls gives shapes that are a fifth nearer to references than those of the deterministic flow.
 */
const CHURN: Readonly<Record<StartName, number>> = { shapes: 1.5, noise: 1 };

/** The deviation of churn's noise, over that of exact sampling: conformers are sought, that is, modes. */
export const CHURN_NOISE_SHARE = 0.9;

/** Noise levels from each start. */
const STEPS: Readonly<Record<'flow' | 'langevin', Readonly<Record<StartName, number>>>> = {
  flow: { shapes: 12, noise: 30 },
  langevin: { shapes: 20, noise: 50 },
};

/** The plan with defaults filled in. @throws UserError for names that no sampler has and numbers that are no such */
export function samplingPlan(given: Partial<SamplingPlan> = {}): SamplingPlan {
  const sampler = requireOneOf(given.sampler ?? 'flow', samplerNames, 'the sampler');
  const start = requireOneOf(given.start ?? (sampler === 'flow' ? 'shapes' : 'noise'), startNames, 'the start');
  const sigma = requirePositive(given.sigma ?? SIGMA[start], 'sigma');
  if (sigma <= LOWEST_SIGMA) {
    throw new UserError(`must be above ${LOWEST_SIGMA}, the noise level at which sampling ends, not ${sigma}`, {
      about: 'sigma',
    });
  }
  const churn = requireFinite(given.churn ?? (sampler === 'flow' ? CHURN[start] : 0), 'churn');
  if (churn < 0) throw new UserError(`must not be negative, not ${churn}`, { about: 'churn' });
  if (churn > 0 && sampler !== 'flow')
    throw new UserError(`is of the sampler flow; ${sampler} brings its own noise`, {
      about: 'churn',
      remedy: { setting: 'churn', action: 'omit' },
    });
  return {
    sampler,
    start,
    churn,
    steps: requirePositiveInteger(given.steps ?? STEPS[sampler === 'flow' ? 'flow' : 'langevin'][start], 'steps'),
    sigma,
    level: requireOneOf(given.level ?? 'gfn2', theoryLevels, 'the level of theory'),
  };
}

/** Network calls that a conformer takes each time that it is drawn. */
export function callsOf({ sampler, steps }: SamplingPlan): number {
  if (sampler === 'flow') return probabilityFlowCalls(steps);
  return steps * STEPS_PER_LEVEL + (sampler === 'langevin' ? 1 : steps);
}

/** Draws of a conformer before sampling becomes more careful. */
const BOLD_DRAWS = 4;

/**
 * The plan for a later draw of a conformer that came out wrong: from the fifth on, shapes get half as much noise each
 * time. Where a molecule is too much for the network, as large ones are, the shape that it starts from counts for more.
 * @param draw from 1
 */
export function planForDraw(plan: SamplingPlan, draw: number): SamplingPlan {
  if (plan.start === 'noise' || draw <= BOLD_DRAWS) return plan;
  const sigma = Math.max(plan.sigma / 2 ** (draw - BOLD_DRAWS), 1.5 * LOWEST_SIGMA);
  return { ...plan, sigma: Math.min(plan.sigma, sigma) };
}
