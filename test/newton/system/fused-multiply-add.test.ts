import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fusedMultiplyAdd } from '../../../src/newton/system/fused-multiply-add.js';

/** Exponent of the unit in which the oracle counts: small enough for every product below to be a whole number. */
const UNIT = 250;

/** value · 2^UNIT/2, exactly. */
function whole(value: number, scale: number): bigint {
  return BigInt(value * 2 ** scale);
}

/** Number(bigint) rounds to the nearest double, ties to even, like the processor. */
function oracle(a: number, b: number, c: number): number {
  return Number(whole(a, UNIT / 2) * whole(b, UNIT / 2) + whole(c, UNIT)) / 2 ** UNIT;
}

const number = fc.double({ min: -16, max: 16, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-12);

describe('fusedMultiplyAdd', () => {
  it('rounds once', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(fusedMultiplyAdd(a, b, c) + 0).toBe(oracle(a, b, c) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds once where the small parts lie near a tie', () => {
    const [a, b, c] = [15.999999999999998, -15.999999999999998, -15.999999999999176];
    expect(fusedMultiplyAdd(a, b, c)).toBe(-271.99999999999915);
    expect(oracle(a, b, c)).toBe(-271.99999999999915);
  });

  it('rounds once where the sum nearly cancels', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(fusedMultiplyAdd(a, b, -(a * b)) + 0).toBe(oracle(a, b, -(a * b)) + 0);
      }),
      { numRuns: 2000 },
    );
    expect(fusedMultiplyAdd(0.1, 10, -1)).toBe(5.551115123125783e-17); // 0.1 is 5.55e-18 above a tenth
  });
});
