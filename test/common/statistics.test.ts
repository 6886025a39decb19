import { describe, expect, it } from 'vitest';
import { mean, median, quantile, spread } from '../../src/common/statistics.js';

describe('statistics', () => {
  it('have closed forms', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(median([5, 1, 2])).toBe(2);
    expect(median(Float32Array.of(4, 1, 3, 2))).toBe(2.5);
  });

  it('put quantiles between the sorted values', () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantile([4, 1, 3, 2, 5], share))).toEqual([1, 2, 3, 5]);
    expect(quantile([0, 1], 0.75)).toBe(0.75);
  });

  it('spread about their mean as a sample does', () => {
    expect(spread([2, 4, 9])).toEqual({ mean: 5, deviation: Math.sqrt((9 + 1 + 16) / 2), min: 2, max: 9 });
    expect(spread([7])).toEqual({ mean: 7, deviation: null, min: 7, max: 7 });
    expect(spread([])).toBeNull();
    expect(spread(Array.from({ length: 300_000 }, (_, k) => k % 3))).toMatchObject({ mean: 1, min: 0, max: 2 });
  });

  it('of nothing are no numbers', () => {
    for (const value of [mean([]), median([]), quantile([], 0.5)]) expect(value).toBeNaN();
  });
});
