import type { TrainingConfig } from './config.js';

/** What an evaluation found. */
export interface Evaluated {
  /** When, in epochs: 2.5 is amid the third. */
  readonly epoch: number;
  readonly valid: number;
  /** The test error, where there is a test set. */
  readonly test?: number;
}

/** What is remembered of evaluations. */
export interface Standing {
  /** The one with the lowest validation error. */
  readonly best: Evaluated | null;
  /** How many came after it. */
  readonly waited: number;
}

/** Before the first evaluation. */
export const freshStanding: Standing = { best: null, waited: 0 };

/** Whether a validation error is the lowest so far. */
export const isBest = ({ best }: Standing, valid: number): boolean => !(best && best.valid <= valid);

/** What is remembered after one more evaluation. */
export const standingAfter = (standing: Standing, evaluated: Evaluated): Standing =>
  isBest(standing, evaluated.valid)
    ? { best: evaluated, waited: 0 }
    : { best: standing.best, waited: standing.waited + 1 };

/** Whether an evaluation is due after so many steps. @param interval steps between evaluations, whole or not */
export const isDue = (steps: number, interval: number): boolean =>
  periods(steps, interval) > periods(steps - 1, interval);

/** Whole intervals; rounding, as of 10 · 0.1, must not take one away. */
const periods = (steps: number, interval: number): number => Math.floor(steps / interval + 1e-9);

/** Whether training has ended for want of progress, before its last epoch. */
export const hasStoppedEarly = (
  { patience = Infinity, epochs }: Pick<TrainingConfig, 'patience' | 'epochs'>,
  { waited, epoch }: Pick<Standing, 'waited'> & { readonly epoch: number },
): boolean => waited >= patience && epoch < epochs;
