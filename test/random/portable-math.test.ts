import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portableLog, portableThirdPower } from '../../src/random/portable-math.js';

it('agrees with Math.log to two units in the last place', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      const expected = Math.log(x);
      expect(Math.abs(portableLog(x) - expected)).toBeLessThanOrEqual(4.5e-16 * Math.abs(expected));
    }),
    { numRuns: 5000 },
  );
  expect(portableLog(1)).toBe(0);
  expect(portableLog(2)).toBe(Math.LN2);
});

// The doubles nearest to ln x, by Python's decimal module with 60 digits; Node 20 has another last digit for each.
it.each([
  [0.41464457880850014, -0.8803335623088212],
  [0.18134318143038086, -1.707364012910286],
  [0.6140454459012259, -0.4876863374482778],
  [0.17365221052407204, -1.7507007701058896],
  [0.8416075865185871, -0.1724414226398592],
  [0.44010519038780743, -0.8207415115790863],
])('the logarithm of %d is the nearest double', (x, nearest) => {
  expect(portableLog(x)).toBe(nearest);
});

// Python's x ** (1 / 3), of which Node's has another last digit for the first three.
it.each([
  [3.4, 1.5036945962049748],
  [5, 1.7099759466766968],
  [7.8, 1.9831924826807745],
  [4, 1.5874010519681994],
])('the power 1/3 of %d is as in C', (x, power) => {
  expect(portableThirdPower(x)).toBe(power);
});
