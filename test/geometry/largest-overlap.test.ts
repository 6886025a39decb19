import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignmentRmsd, centroid } from '../../src/geometry/index.js';
import { largestOverlap } from '../../src/geometry/largest-overlap.js';
import { Rng } from '../../src/random/generator.js';

/** The RMSD after alignment, by the overlap alone. */
function overlapRmsd(a: Float64Array, b: Float64Array): number {
  const [from, to] = [centroid(a), centroid(b)];
  const sums = new Float64Array(9);
  let squares = 0;
  for (let k = 0; k < a.length; k++) {
    const row = k % 3;
    const x = a[k] - from[row];
    squares += x ** 2 + (b[k] - to[row]) ** 2;
    for (let p = 0; p < 3; p++) sums[3 * row + p] += x * (b[k - row + p] - to[p]);
  }
  return Math.sqrt(Math.max(0, squares - 2 * largestOverlap(sums, squares / 2)) / (a.length / 3));
}

/** What leaves the rotation open, or the largest root nearly a double one. */
const forms: Record<string, (points: Float64Array) => Float64Array> = {
  'in space': (points) => points,
  'in a plane': (points) => points.map((x, k) => (k % 3 === 2 ? 0 : x)),
  'in line': (points) => points.map((x, k) => (k % 3 === 0 ? x : 0)),
  'all at one place': (points) => points.map((_, k) => k % 3),
};

describe('largestOverlap', () => {
  test.each(Object.keys(forms))('gives the RMSD that alignment gives, for points %s', (form) => {
    const distance = fc.constantFrom(0, 1e-6, 1e-3, 0.1, 3);
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 12 }), distance, fc.boolean(), (seed, count, far, isMirrored) => {
        const rng = Rng.fromSeed(seed);
        const a = rng.fillNormal(new Float64Array(3 * count));
        const b = a.map((x, k) => (isMirrored && k % 3 === 0 ? -x : x) + far * rng.normal());
        const [first, second] = [forms[form](a), forms[form](b)];
        expect(Math.abs(overlapRmsd(first, second) - alignmentRmsd(first, second))).toBeLessThan(1e-5);
      }),
      { numRuns: 1000 },
    );
  });

  test('of sets that have nothing in common is what the better turn gives', () => {
    const a = Float64Array.of(1, 0, 0, -1, 0, 0);
    expect(overlapRmsd(a, new Float64Array(6))).toBeCloseTo(1, 12);
    expect(
      overlapRmsd(
        a,
        a.map((x) => 3 * x),
      ),
    ).toBeCloseTo(2, 12);
  });
});
