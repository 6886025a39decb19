import { expect } from 'vitest';

/** Every number within `tolerance` of the expected one, the lengths equal. */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const errors = Array.from(found, (value, i) => Math.abs(value - expected[i]));
  expect(Math.max(0, ...errors)).toBeLessThanOrEqual(tolerance);
}
