import { describe, expect, it } from 'vitest';
import { afterEvaluation, freshSchedule, rateScale, type Schedule } from '../../src/training/schedule.js';

const scales = (schedule: Schedule, epochs: number): number[] =>
  Array.from({ length: epochs }, (_, epoch) => rateScale(schedule, freshSchedule, epoch, epochs));

describe('the rate of an epoch', () => {
  it('stays', () => {
    expect(scales({ kind: 'constant' }, 4)).toEqual([1, 1, 1, 1]);
  });

  it('drops in steps', () => {
    expect(scales({ kind: 'step', every: 2, factor: 0.5 }, 7)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25, 0.125]);
  });

  it('follows half a cosine', () => {
    const found = scales({ kind: 'cosine', floor: 0.2 }, 6);
    // cos of 0°, 30°, …, 150°
    const cosines = [1, Math.sqrt(3) / 2, 0.5, 0, -0.5, -Math.sqrt(3) / 2];
    for (const [k, cosine] of cosines.entries()) expect(found[k]).toBeCloseTo(0.6 + 0.4 * cosine, 12);
    expect(rateScale({ kind: 'cosine', floor: 0 }, freshSchedule, 10, 10)).toBeCloseTo(0, 12);
  });
});

describe('a plateau', () => {
  const schedule: Schedule = { kind: 'plateau', factor: 0.5, patience: 1 };

  /** The factor after each of these validation errors, the memory going through JSON every time as in a checkpoint. */
  function factors(errors: readonly number[], chosen = schedule): number[] {
    let state = freshSchedule;
    return errors.map((error) => {
      state = afterEvaluation(chosen, JSON.parse(JSON.stringify(state)), error);
      return rateScale(chosen, state, 0, 1);
    });
  }

  it('drops the rate after more than `patience` evaluations without progress', () => {
    expect(factors([3, 2, 2, 1, 1.5, 1.5, 1.5, 1.5])).toEqual([1, 1, 1, 1, 1, 0.5, 0.5, 0.25]);
  });

  it('drops it at once where there is no patience', () => {
    expect(factors([3, 3, 2, 4], { ...schedule, patience: 0 })).toEqual([1, 0.5, 0.5, 0.25]);
  });

  it('is nothing to other schedules', () => {
    expect(afterEvaluation({ kind: 'constant' }, freshSchedule, 5)).toBe(freshSchedule);
  });
});
