/** How the learning rate changes from epoch to epoch. */
export type Schedule =
  | { readonly kind: 'constant' }
  /** × factor every so many epochs. */
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
  /** Half a cosine from the full rate to `floor` times it. */
  | { readonly kind: 'cosine'; readonly floor: number }
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

/** The factor on the learning rate in an epoch (counted from 0) of so many epochs. */
export function rateScale(schedule: Schedule, state: ScheduleState, epoch: number, epochs: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(epoch / schedule.every);
    case 'cosine':
      return schedule.floor + ((1 - schedule.floor) * (1 + Math.cos((Math.PI * epoch) / epochs))) / 2;
    case 'plateau':
      return state.scale;
  }
}

/** What the schedule remembers after an evaluation with this error. */
export function afterEvaluation(schedule: Schedule, state: ScheduleState, error: number): ScheduleState {
  if (schedule.kind !== 'plateau') return state;
  if (state.best === null || error < state.best) return { ...state, best: error, waited: 0 };
  if (state.waited < schedule.patience) return { ...state, waited: state.waited + 1 };
  return { scale: state.scale * schedule.factor, best: state.best, waited: 0 };
}
