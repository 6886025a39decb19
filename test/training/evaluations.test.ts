import { describe, expect, it } from 'vitest';
import { freshStanding, hasStoppedEarly, isDue, type Standing, standingAfter } from '../../src/training/evaluations.js';

/** The steps of a run that are followed by an evaluation. */
const dueSteps = (steps: number, interval: number): number[] =>
  Array.from({ length: steps }, (_, k) => k + 1).filter((step) => isDue(step, interval));

describe('an evaluation is due', () => {
  it.each([
    ['every two epochs of four batches', 2 * 4, [8, 16]],
    ['every epoch', 4, [4, 8, 12, 16]],
    ['every one and a half', 1.5 * 4, [6, 12]],
    ['four times an epoch of ten', 0.25 * 10, [3, 5, 8, 10, 13, 15]],
    ['after every batch, where parts of an epoch are shorter', 0.01 * 4, Array.from({ length: 16 }, (_, k) => k + 1)],
  ])('%s', (_, interval, expected) => {
    expect(dueSteps(16, interval)).toEqual(expected);
  });

  it('as often as asked, however the parts of an epoch are rounded', () => {
    for (const parts of [3, 7, 10, 49]) {
      for (const batches of [49, 70, 97]) {
        const due = dueSteps(20 * batches, (1 / parts) * batches);
        expect(due).toHaveLength(20 * parts);
        for (let epoch = 1; epoch <= 20; epoch++) expect(due).toContain(epoch * batches);
      }
    }
  });
});

describe('what is remembered of evaluations', () => {
  const standing = (errors: readonly number[]): Standing =>
    errors.reduce((before, valid, k) => standingAfter(before, { epoch: k + 1, valid }), freshStanding);

  it('is the first with the lowest error, and how many came after it', () => {
    expect(standing([])).toEqual({ best: null, waited: 0 });
    expect(standing([3, 2])).toEqual({ best: { epoch: 2, valid: 2 }, waited: 0 });
    expect(standing([3, 2, 2, 5])).toEqual({ best: { epoch: 2, valid: 2 }, waited: 2 });
    expect(standing([3, 2, 2, 1])).toEqual({ best: { epoch: 4, valid: 1 }, waited: 0 });
  });

  it('ends a run whose patience is over, before its last epoch', () => {
    const end = (patience: number | undefined, waited: number, epoch: number): boolean =>
      hasStoppedEarly({ patience, epochs: 10 }, { waited, epoch });
    expect([end(2, 1, 5), end(2, 2, 5), end(2, 2, 9.5), end(2, 2, 10)]).toEqual([false, true, true, false]);
    expect(end(undefined, 1000, 5)).toBe(false);
  });
});
