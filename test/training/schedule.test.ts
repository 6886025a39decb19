import { describe, expect, it } from 'vitest';
import { afterEvaluation, freshSchedule, rateScale, type Schedule, warmUpScale } from '../../src/training/schedule.js';

/** The factor at every step of a run. */
const scales = (schedule: Schedule, epochs: number, batches = 1): number[] =>
  Array.from({ length: epochs * batches }, (_, k) =>
    rateScale(schedule, freshSchedule, {
      epoch: Math.floor(k / batches),
      step: k + 1,
      epochs,
      steps: epochs * batches,
    }),
  );

/** Half a cosine from 1 to 0.2 in six parts: cos of 0°, 30°, …, 150°. */
const cosines = [1, Math.sqrt(3) / 2, 0.5, 0, -0.5, -Math.sqrt(3) / 2].map((cosine) => 0.6 + 0.4 * cosine);

function expectScales(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, scale] of expected.entries()) expect(found[k]).toBeCloseTo(scale, 12);
}

describe('the rate of a step', () => {
  it('stays', () => {
    expect(scales({ kind: 'constant' }, 4)).toEqual([1, 1, 1, 1]);
  });

  it('drops every so many epochs', () => {
    expect(scales({ kind: 'step', every: 2, factor: 0.5 }, 3, 2)).toEqual([1, 1, 1, 1, 0.5, 0.5]);
  });

  it('follows half a cosine, step by step', () => {
    expectScales(scales({ kind: 'cosine', floor: 0.2, by: 'step' }, 6), cosines);
    expectScales(scales({ kind: 'cosine', floor: 0.2, by: 'step' }, 2, 3), cosines);
  });

  it('follows half a cosine, epoch by epoch', () => {
    const twice = cosines.flatMap((scale) => [scale, scale]);
    expectScales(scales({ kind: 'cosine', floor: 0.2, by: 'epoch' }, 6, 2), twice);
  });

  it('rises at first', () => {
    expect([1, 2, 3, 4, 5, 100].map((step) => warmUpScale(4, step))).toEqual([0.25, 0.5, 0.75, 1, 1, 1]);
    expect(warmUpScale(0, 1)).toBe(1);
  });
});

describe('a plateau', () => {
  const schedule: Schedule = { kind: 'plateau', factor: 0.5, patience: 1 };

  /** The factor after each of these validation errors, the memory going through JSON every time as in a checkpoint. */
  function factors(errors: readonly number[], chosen = schedule): number[] {
    let state = freshSchedule;
    return errors.map((error) => {
      state = afterEvaluation(chosen, JSON.parse(JSON.stringify(state)), error);
      return rateScale(chosen, state, { epoch: 0, step: 1, epochs: 1, steps: 1 });
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
