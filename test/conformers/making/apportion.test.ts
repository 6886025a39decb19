import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion } from '../../../src/conformers/making/apportion.js';

const claims = (...weights: number[]) => weights.map((weight) => ({ weight, most: 1000 }));

describe('places by Sainte-Laguë', () => {
  test('are those of worked examples', () => {
    // 53, 24, 23 votes and 7 places: quotients 53, 24, 23, 17.7, 10.6, 8, 7.7 are the seven highest.
    expect(apportion(7, claims(53, 24, 23))).toEqual([3, 2, 2]);
    // 55, 30, 18.3 are higher than 12; half of the divisor makes that 24.
    expect(apportion(3, claims(55, 30, 12))).toEqual([2, 1, 0]);
    expect(apportion(3, claims(55, 30, 12), 0.5)).toEqual([1, 1, 1]);
    expect(apportion(6, claims(60, 30, 10))).toEqual([3, 2, 1]);
    expect(apportion(6, claims(60, 30, 10), 1.4)).toEqual([4, 2, 0]);
  });

  test('go to the first of equal claims', () => {
    expect(apportion(2, claims(1, 1, 1))).toEqual([1, 1, 0]);
  });

  test('never exceed what a claim can take, and are all given while there is room', () => {
    const claim = fc.record({ weight: fc.double({ min: 0, max: 1e6, noNaN: true }), most: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 8 }), fc.nat(40), (given, places) => {
        const found = apportion(places, given, 0.5);
        found.forEach((count, k) => {
          expect(count).toBeLessThanOrEqual(given[k].most);
        });
        const room = given.reduce((sum, { most }) => sum + most, 0);
        expect(found.reduce((sum, count) => sum + count, 0)).toBe(Math.min(places, room));
      }),
    );
  });

  test('are proportional to weights where there are many', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }), (weights) => {
        const total = weights.reduce((a, b) => a + b, 0);
        const places = apportion(
          1000 * total,
          weights.map((weight) => ({ weight, most: 1e9 })),
        );
        expect(places).toEqual(weights.map((weight) => 1000 * weight));
      }),
      { numRuns: 10 },
    );
  });
});
