import { expect, it } from 'vitest';
import { covalentRadius } from '../../../src/molecules/ideal-geometry/covalent-radii.js';

it('is the published radius, by the order of the bond', () => {
  expect([1, 6, 17, 54].map((element) => covalentRadius(element))).toEqual([0.32, 0.75, 0.99, 1.31]);
  expect(([1, 2, 3] as const).map((order) => covalentRadius(6, order))).toEqual([0.75, 0.67, 0.6]);
});

it('is guessed where none is tabulated', () => {
  expect(covalentRadius(92)).toBe(1.4);
  expect(covalentRadius(92, 3)).toBeCloseTo(1.25, 12);
  expect(covalentRadius(26, 2)).toBeCloseTo(1.06, 12);
});

it('falls with the order of the bond for the elements of organic molecules', () => {
  for (const element of [6, 7, 8, 14, 15, 34]) {
    expect(covalentRadius(element, 2)).toBeLessThan(covalentRadius(element));
    expect(covalentRadius(element, 3)).toBeLessThanOrEqual(covalentRadius(element, 2));
  }
});
