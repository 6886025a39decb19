import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portableLog } from '../../src/random/portable-log.js';

it('agrees with Math.log to a few units in the last place', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      const expected = Math.log(x);
      expect(Math.abs(portableLog(x) - expected)).toBeLessThanOrEqual(6e-16 * Math.abs(expected));
    }),
    { numRuns: 5000 },
  );
  expect(portableLog(1)).toBe(0);
  expect(portableLog(2)).toBe(Math.LN2);
});
