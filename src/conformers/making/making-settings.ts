import { requireOneOf, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { Remedy } from '../../common/remedy.js';
import type { SamplingMethods } from '../sampling/methods.js';
import type { SamplingPlan } from '../sampling/sampler.js';
import { type SamplingChoices, samplingPlan } from '../sampling/sampling-plan.js';
import { type IsomerChoice, isomerChoices } from './isomer-choice.js';

/** How conformers are made: plain data. */
export interface MakingSettings {
  readonly plan: SamplingPlan;
  /** The most attempts at a conformer. */
  readonly maxAttempts: number;
  /** The force field by which conformers are relaxed before the last checks. */
  readonly relax: 'mmff94s' | undefined;
  /**
   * Relaxed conformers further above the lowest of their isomer, in kcal/mol, are not chosen when oversampling; without
   * it, those in a batch are resampled.
   */
  readonly window: number | undefined;
  /** How many relaxed conformers are generated for each one requested; see `chooseConformers`. */
  readonly oversample: number;
  /** What becomes of centres and double bonds that the input leaves open. */
  readonly isomers: IsomerChoice;
}

/** What may be said of how conformers are made; the rest has defaults. */
export type MakingOptions = SamplingChoices & Partial<Omit<MakingSettings, 'plan'>>;

const relaxing: Remedy = { setting: 'relax', value: 'mmff94s', action: 'add' };

/**
 * The settings with defaults filled in.
 * @param methods default those that come with clofnet
 * @throws UserError for what makes no sense
 */
export function makingSettings(options: MakingOptions, methods?: SamplingMethods): MakingSettings {
  const { maxAttempts = 8, relax, window, oversample = 1, isomers = 'sample', ...plan } = options;
  if (relax !== undefined) requireOneOf(relax, ['mmff94s'], 'relax');
  if (window !== undefined && relax === undefined)
    throw new UserError('needs energies, which only relaxed conformers have', {
      about: 'window',
      remedy: relaxing,
    });
  if (oversample !== 1 && relax === undefined)
    throw new UserError('oversampling needs relaxed conformers', { remedy: relaxing });
  return {
    plan: samplingPlan(plan, methods),
    maxAttempts: requirePositiveInteger(maxAttempts, 'maxAttempts'),
    relax,
    window: window === undefined ? undefined : requirePositive(window, 'window'),
    oversample: requirePositiveInteger(oversample, 'oversample'),
    isomers: requireOneOf(isomers, isomerChoices, 'isomers'),
  };
}
