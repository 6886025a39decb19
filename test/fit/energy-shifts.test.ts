import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { geometrySet } from '../../src/fit/data/geometry-builder.js';
import { givenShifts, leastSquaresShifts, shiftsOfGeometries } from '../../src/fit/energy-shifts.js';

const source = { file: 'a.xyz', line: 1 };
/** A set of molecules by their atoms: `['OHH', 'OO']`. */
const setOf = (...formulas: string[]) =>
  geometrySet(
    formulas.map((formula) => ({ species: [...formula], positions: new Float64Array(3 * formula.length), source })),
  );
const close = (found: ArrayLike<number>, wanted: readonly number[]) =>
  wanted.forEach((value, k) => {
    expect(found[k]).toBeCloseTo(value, 8);
  });

describe('shifts per species', () => {
  it('of values that are sums are the summands', () => {
    const formulas = fc.uniqueArray(fc.string({ unit: fc.constantFrom('H', 'C', 'O'), minLength: 1, maxLength: 6 }));
    const numbers = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(formulas, numbers, (some, shifts) => {
        const set = setOf('H', 'CH', 'OC', ...some);
        close(leastSquaresShifts(set, shiftsOfGeometries(set, shifts)), shifts);
      }),
    );
  });

  it('are least squares', () => {
    // H: E = 1 and 2; H2: E = 6. Minimum of (x − 1)² + (x − 2)² + (2x − 6)²: x = 15 / 6.
    close(leastSquaresShifts(setOf('H', 'H', 'HH'), [1, 2, 6]), [2.5]);
  });

  it('of one molecule are those of least norm', () => {
    // n = (1, 2): x = n E / (n · n).
    close(leastSquaresShifts(setOf('OHH', 'OHH'), [-10, -20]), [-3, -6]);
  });

  it('of species that always come together are those of least norm', () => {
    // CO and COH: C and O share −100, H has −1.
    close(leastSquaresShifts(setOf('CO', 'COH'), [-100, -101]), [-50, -50, -1]);
  });

  it('leave out what is missing, and what is not there', () => {
    const set = setOf('H', 'O', 'H');
    close(leastSquaresShifts(set, [1, Number.NaN, 1]), [1, 0]);
    close(leastSquaresShifts(set, [Number.NaN, Number.NaN, Number.NaN]), [0, 0]);
  });

  it('may be given', () => {
    expect([...givenShifts({ O: -2, H: -1 }, ['H', 'O'])]).toEqual([-1, -2]);
    expect(() => givenShifts({ o: 1 }, ['O'])).toThrow(UserError);
    expect(() => givenShifts({ o: 1 }, ['O'])).toThrow('no shift is given for the species O (did you mean "o"?)');
  });
});
