import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { moleculeSplitter } from '../../../src/conformers/dataset/split-molecules.js';

describe('moleculeSplitter', () => {
  it('follows the shares', () => {
    const splitOf = moleculeSplitter(7, { valid: 0.1, test: 0.2 });
    const counts = { train: 0, valid: 0, test: 0 };
    for (let i = 0; i < 10_000; i++) counts[splitOf(`C${'C'.repeat(i % 100)}O${i}`)] += 1;
    // Four standard deviations of a binomial distribution.
    expect(Math.abs(counts.valid - 1000)).toBeLessThan(120);
    expect(Math.abs(counts.test - 2000)).toBeLessThan(160);
  });

  it('depends on the molecule and the seed alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (molecule, other, seed) => {
        const shares = { valid: 0.3, test: 0.3 };
        const splitOf = moleculeSplitter(seed, shares);
        const split = splitOf(molecule);
        splitOf(other);
        expect(splitOf(molecule)).toBe(split);
        expect(moleculeSplitter(seed, shares)(molecule)).toBe(split);
      }),
    );
    const names = Array.from({ length: 100 }, (_, i) => `molecule ${i}`);
    const splits = (seed: number) => names.map(moleculeSplitter(seed, { valid: 0.5, test: 0 }));
    expect(splits(1)).not.toEqual(splits(2));
  });

  it('gives a split all or nothing where the share is 1 or 0', () => {
    const names = Array.from({ length: 50 }, (_, i) => `${i}`);
    expect(new Set(names.map(moleculeSplitter(1, { valid: 1, test: 0 })))).toEqual(new Set(['valid']));
    expect(new Set(names.map(moleculeSplitter(1, { valid: 0, test: 0 })))).toEqual(new Set(['train']));
  });

  it.each([
    [0.6, 0.6],
    [-0.1, 0],
    [Number.NaN, 0],
  ])('refuses the shares %f and %f', (valid, test) => {
    expect(() => moleculeSplitter(1, { valid, test })).toThrow(UserError);
  });
});
