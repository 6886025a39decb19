import { describe, expect, it } from 'vitest';
import { vanDerWaalsRadius } from '../../../src/molecules/ideal-geometry/van-der-waals.js';

describe('vanDerWaalsRadius', () => {
  it('is that of the table, and 2 Å for what is not in it', () => {
    expect([1, 6, 7, 8, 16, 17, 53].map(vanDerWaalsRadius)).toEqual([1.1, 1.7, 1.55, 1.52, 1.8, 1.75, 1.98]);
    expect(vanDerWaalsRadius(26)).toBe(2);
  });
});
