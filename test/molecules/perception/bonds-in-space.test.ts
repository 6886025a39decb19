import { describe, expect, it } from 'vitest';
import { bondChange, perceiveBonds } from '../../../src/molecules/perception/bonds-in-space.js';
import { molBlockCases, moleculesInSpace } from '../support/mol-blocks.js';

// C–C of 2 × .75 Å: bonded below 1.95 Å, apart from 1.725 Å on.
const carbons = (bonded: boolean) => ({
  atomicNumbers: Uint8Array.of(6, 6),
  bonds: {
    begin: Int32Array.from(bonded ? [0] : []),
    end: Int32Array.from(bonded ? [1] : []),
    type: Uint8Array.from(bonded ? [1] : []),
  },
});
const apart = (distance: number) => Float32Array.of(1, 1, 1, 1, 1 + distance, 1);

describe('bondChange', () => {
  it.each<[boolean, number, string | undefined]>([
    [true, 1.94, undefined],
    [true, 1.96, 'broken'],
    [false, 1.73, undefined],
    [false, 1.72, 'formed'],
  ])('looks at the distance of two carbons: bonded %s, %f Å', (bonded, distance, kind) => {
    const change = bondChange(carbons(bonded), apart(distance));
    expect(change?.kind).toBe(kind);
    if (change) expect(change).toMatchObject({ atoms: [0, 1], distance: expect.closeTo(distance, 5) });
  });

  it('finds every bond of molecules in space where it is', () => {
    for (const { v2000 } of molBlockCases) {
      for (const { molecule, coordinates } of moleculesInSpace(v2000)) {
        expect(bondChange(molecule, coordinates)).toBeUndefined();
      }
    }
  });
});

it('perceiveBonds finds the bonds of molecules in space', () => {
  let seen = 0;
  for (const { v2000 } of molBlockCases) {
    for (const { molecule, coordinates } of moleculesInSpace(v2000)) {
      const { begin, end } = molecule.bonds;
      expect(perceiveBonds(molecule.atomicNumbers, coordinates, begin.length)).toEqual(
        Array.from(begin, (i, k) => [i, end[k]]),
      );
      seen += begin.length;
    }
  }
  expect(seen).toBeGreaterThan(50);
});

it('perceiveBonds looks no farther than bonds can reach', () => {
  expect(perceiveBonds(Uint8Array.of(6, 6, 6), Float32Array.of(0, 0, 0, 1.5, 0, 0, 5, 0, 0), 2)).toEqual([[0, 1]]);
});
