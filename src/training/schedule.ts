/** How the learning rate changes. */
export type Schedule =
  | { readonly kind: 'constant' }
  /** × factor every so many epochs. */
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
  /** Half a cosine from the full rate to `floor` times it, in steps or in epochs. */
  | { readonly kind: 'cosine'; readonly floor: number; readonly by: 'step' | 'epoch' }
  /** × factor whenever the validation error has not fallen for more than `patience` evaluations. */
  | { readonly kind: 'plateau'; readonly factor: number; readonly patience: number };

/** What a plateau schedule remembers; part of a checkpoint. */
export interface ScheduleState {
  readonly scale: number;
  /** The lowest error so far; null before the first (infinity would not survive JSON). */
  readonly best: number | null;
  readonly waited: number;
}

/** A schedule before the first evaluation. */
export const freshSchedule: ScheduleState = { scale: 1, best: null, waited: 0 };

/** A step of a run. */
export interface Place {
  /** Counted from 0. */
  readonly epoch: number;
  /** Counted from 1. */
  readonly step: number;
  /** Of the whole run. */
  readonly epochs: number;
  readonly steps: number;
}

/** The factor on the learning rate at a step. */
export function rateScale(schedule: Schedule, state: ScheduleState, { epoch, step, epochs, steps }: Place): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(epoch / schedule.every);
    case 'cosine': {
      const [done, all] = schedule.by === 'step' ? [step - 1, steps] : [epoch, epochs];
      return schedule.floor + ((1 - schedule.floor) * (1 + Math.cos((Math.PI * done) / all))) / 2;
    }
    case 'plateau':
      return state.scale;
  }
}

/** The factor by which the rate rises in the first steps. @param step counted from 1 */
export const warmUpScale = (warmUp: number, step: number): number => (step < warmUp ? step / warmUp : 1);

/** What the schedule remembers after an evaluation with this error. */
export function afterEvaluation(schedule: Schedule, state: ScheduleState, error: number): ScheduleState {
  if (schedule.kind !== 'plateau') return state;
  if (state.best === null || error < state.best) return { ...state, best: error, waited: 0 };
  if (state.waited < schedule.patience) return { ...state, waited: state.waited + 1 };
  return { scale: state.scale * schedule.factor, best: state.best, waited: 0 };
}
