import { requireFinite, requireOneOf, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import { theoryLevels } from '../dataset/ensemble.js';
import type { Start } from '../starts/start.js';
import { type SamplerOptionName, type SamplingMethods, samplerNamed, samplingMethods, startNamed } from './methods.js';
import { LOWEST_SIGMA } from './noise-levels.js';
import type { ByStart, Sampler, SamplingPlan } from './sampler.js';

/**
 * What may be said of how conformers are sampled; the rest has defaults. A sampler's own options may stand beside the
 * others or under `options`.
 */
export type SamplingChoices = Partial<SamplingPlan> & {
  readonly [Name in SamplerOptionName]?: number;
};

const byStart = (values: ByStart, { shape }: Start): number => (shape ? values.shapes : values.noise);

/**
 * The plan with defaults filled in.
 * @param methods default those that come with clofnet
 * @throws UserError for names that no sampler or start has, and numbers out of range
 */
export function samplingPlan(given: SamplingChoices = {}, methods: SamplingMethods = samplingMethods): SamplingPlan {
  const sampler = samplerNamed(given.sampler ?? methods.samplers[0].name, methods);
  const start = startNamed(given.start ?? sampler.start, methods);
  const sigma = requirePositive(given.sigma ?? start.sigma, 'sigma');
  if (sigma <= LOWEST_SIGMA) {
    throw new UserError(`must be above ${LOWEST_SIGMA}, the noise level at which sampling ends, not ${sigma}`, {
      about: 'sigma',
    });
  }
  return {
    sampler: sampler.name,
    start: start.name,
    steps: requirePositiveInteger(given.steps ?? byStart(sampler.steps, start), 'steps'),
    sigma,
    options: ownOptions({ ...given, ...given.options }, sampler, start, methods),
    level: requireOneOf(given.level ?? 'gfn2', theoryLevels, 'the level of theory'),
  };
}

/** The values of a sampler's own options. @throws UserError for those of another sampler */
function ownOptions(
  given: Readonly<Record<string, unknown>>,
  sampler: Sampler,
  start: Start,
  { samplers }: SamplingMethods,
): SamplingPlan['options'] {
  for (const { name: other, options } of samplers) {
    for (const [name, { off }] of Object.entries(options)) {
      if (name in sampler.options || given[name] === undefined || given[name] === off) continue;
      throw new UserError(`applies only to the ${other} sampler, not to ${sampler.name}`, {
        about: name,
        remedy: { setting: name, action: 'omit' },
      });
    }
  }
  const entries = Object.entries(sampler.options).map(([name, option]) => {
    const value = requireFinite(given[name] ?? byStart(option.default, start), name);
    if (value >= option.min) return [name, value] as const;
    throw new UserError(`must be at least ${option.min}, not ${value}`, { about: name });
  });
  return Object.fromEntries(entries);
}

/** Network calls of one attempt at a conformer. */
export const callsOf = (plan: SamplingPlan, methods?: SamplingMethods): number =>
  samplerNamed(plan.sampler, methods).calls(plan);

/** `flow from shapes, 12 steps from 0.7 Å with churn 1.5` */
export function describePlan(
  { sampler, start, steps, sigma, options }: SamplingPlan,
  methods?: SamplingMethods,
): string {
  const known = samplerNamed(sampler, methods).options;
  const told = Object.entries(options).filter(([name, value]) => value !== known[name]?.off);
  const own = told.map(([name, value]) => `${name} ${value}`).join(' and ');
  return `${sampler} from ${start}, ${steps} steps from ${sigma} Å${own && ` with ${own}`}`;
}

/** Attempts at a conformer before sampling becomes more careful. */
const BOLD_ATTEMPTS = 4;

/**
 * The plan for a later attempt at a conformer that came out wrong: from the fifth on, shapes get half as much noise
 * each time. Where a molecule is too much for the network, as large ones are, the shape that it starts from counts for
 * more.
 * @param attempt from 1
 */
export function planForAttempt(plan: SamplingPlan, attempt: number, methods?: SamplingMethods): SamplingPlan {
  if (attempt <= BOLD_ATTEMPTS || !startNamed(plan.start, methods).shape) return plan;
  const sigma = Math.max(plan.sigma / 2 ** (attempt - BOLD_ATTEMPTS), 1.5 * LOWEST_SIGMA);
  return { ...plan, sigma: Math.min(plan.sigma, sigma) };
}
