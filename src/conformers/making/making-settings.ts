import { requireOneOf, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { SamplingMethods } from '../sampling/methods.js';
import type { SamplingPlan } from '../sampling/sampler.js';
import { type SamplingChoices, samplingPlan } from '../sampling/sampling-plan.js';
import { type IsomerChoice, isomerChoices } from './isomer-choice.js';

/** How conformers are made: plain data. */
export interface MakingSettings {
  readonly plan: SamplingPlan;
  /** How often a conformer is drawn at most. */
  readonly maxDraws: number;
  /** The force field by which conformers are relaxed before the last checks. */
  readonly relax: 'mmff94s' | undefined;
  /**
   * Relaxed conformers further above the lowest of their isomer, in kcal/mol, are not chosen from a surplus; without
   * one, those that are so in a batch are drawn again.
   */
  readonly window: number | undefined;
  /** How many relaxed conformers are drawn for each that is asked for; see `chooseConformers`. */
  readonly surplus: number;
  /** What becomes of centres and double bonds that the input leaves open. */
  readonly isomers: IsomerChoice;
}

/** What may be said of how conformers are made; the rest has defaults. */
export type MakingOptions = SamplingChoices & Partial<Omit<MakingSettings, 'plan'>>;

/**
 * The settings with defaults filled in.
 * @param methods default those that come with clofnet
 * @throws UserError for what makes no sense
 */
export function makingSettings(options: MakingOptions, methods?: SamplingMethods): MakingSettings {
  const { maxDraws = 8, relax, window, surplus = 1, isomers = 'sample', ...plan } = options;
  if (relax !== undefined) requireOneOf(relax, ['mmff94s'], 'relax');
  if (window !== undefined && relax === undefined)
    throw new UserError('a window is of energies, which only relaxed conformers have; give relax mmff94s too');
  if (surplus !== 1 && relax === undefined)
    throw new UserError(
      'a surplus is to choose minima from, which only relaxed conformers are; give relax mmff94s too',
    );
  return {
    plan: samplingPlan(plan, methods),
    maxDraws: requirePositiveInteger(maxDraws, 'maxDraws'),
    relax,
    window: window === undefined ? undefined : requirePositive(window, 'window'),
    surplus: requirePositiveInteger(surplus, 'surplus'),
    isomers: requireOneOf(isomers, isomerChoices, 'isomers'),
  };
}
