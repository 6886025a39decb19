import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  align,
  alignmentRmsd,
  applyAlignment,
  applyRotation,
  centroid,
  randomRotation,
  reflection,
  rmsd,
  rotationOf,
} from '../../src/geometry/index.js';
import { Rng } from '../../src/random/generator.js';
import { expectClose } from '../support/numeric.js';

const seeds = fc.nat();
const points = (rng: Rng, count: number): Float64Array => rng.fillNormal(new Float64Array(3 * count));
const shifted = (list: Float64Array, by: ArrayLike<number>): Float64Array => list.map((x, k) => x + by[k % 3]);

/** x² + y² + z² of all points about their centre. */
const spread = (list: Float64Array): number =>
  shifted(
    list,
    centroid(list).map((x) => -x),
  ).reduce((s, x) => s + x * x, 0);

describe('align', () => {
  test('finds a known rotation and shift', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 4, max: 40 }), (seed, count) => {
        const rng = Rng.fromSeed(seed);
        const [before, rotation, shift] = [points(rng, count), randomRotation(rng), [10, -3, 250]];
        const after = shifted(applyRotation(rotation, before), shift);
        const found = align(before, after);
        expectClose([...found.rotation], [...rotation], 1e-9);
        expectClose([...applyAlignment(found, before)], [...after], 1e-9);
        expect(alignmentRmsd(before, after)).toBeLessThan(1e-9);
      }),
    );
  });

  test('gives a rotation that no small turn improves, whatever the points', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 10 }), (seed, count) => {
        const rng = Rng.fromSeed(seed);
        const [a, b] = [points(rng, count), points(rng, count)];
        const best = alignmentRmsd(a, b);
        const found = align(a, b);
        for (let k = 0; k < 10; k++) {
          const other = { ...found, rotation: k < 5 ? randomRotation(rng) : nearby(found.rotation, rng) };
          expect(rmsd(applyAlignment(other, a), b)).toBeGreaterThan(best - 1e-12);
        }
      }),
    );
  });

  test('gives proper rotations only, mirror images and degenerate sets included', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...Object.keys(degenerate)), (seed, kind) => {
        const rng = Rng.fromSeed(seed);
        const a = degenerate[kind](rng);
        const { rotation } = align(a, applyRotation(reflection(1), a));
        const identity = [...applyRotation(rotation, rotation)];
        expectClose(identity, [1, 0, 0, 0, 1, 0, 0, 0, 1], 1e-12);
        expect(determinant(rotation)).toBeCloseTo(1, 10);
      }),
    );
  });

  test('refuses lists that do not match', () => {
    expect(() => align(new Float64Array(6), new Float64Array(9))).toThrow('cannot align 2 points with 3');
    expect(() => align(new Float64Array(0), new Float64Array(0))).toThrow(RangeError);
    expect(() => rmsd(new Float64Array(3), new Float64Array(6))).toThrow(RangeError);
  });
});

describe('alignmentRmsd', () => {
  test('leaves a mirror image apart: a chiral set at the distance of a closed form', () => {
    // Mirroring in z = 0 leaves x and y alone; no turn helps when z is small and uncorrelated with them.
    const height = 0.1;
    const a = Float64Array.from([3, 0, height, 0, 2, -height, -3, 0, height, 0, -2, -height]);
    const b = applyRotation(reflection(2), a);
    expect(alignmentRmsd(a, b)).toBeCloseTo(2 * height, 12);
    expect(alignmentRmsd(a, a)).toBeLessThan(1e-12);
  });

  test('of two pairs is half the difference of their lengths', () => {
    const a = Float64Array.from([0, 0, 0, 3, 4, 0]);
    const b = Float64Array.from([1, 1, 1, 1, 1, 3]);
    expect(alignmentRmsd(a, b)).toBeCloseTo((5 - 2) / 2, 12);
  });

  test('does not change when either set turns or moves, and is symmetric', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = Rng.fromSeed(seed);
        const [a, b] = [points(rng, 7), points(rng, 7)];
        const moved = shifted(applyRotation(randomRotation(rng), a), [1, 2, 3]);
        expect(alignmentRmsd(moved, b)).toBeCloseTo(alignmentRmsd(a, b), 10);
        expect(alignmentRmsd(b, a)).toBeCloseTo(alignmentRmsd(a, b), 10);
      }),
    );
  });

  test('is 0 for a degenerate set and itself, turned', () => {
    const rng = Rng.fromSeed(6);
    for (const make of Object.values(degenerate)) {
      const a = make(rng);
      expect(alignmentRmsd(a, applyRotation(randomRotation(rng), a))).toBeLessThan(1e-9);
    }
  });

  test('to coincident points is the spread of the other set', () => {
    const a = points(Rng.fromSeed(1), 5);
    expect(alignmentRmsd(a, new Float64Array(15).fill(2))).toBeCloseTo(Math.sqrt(spread(a) / 5), 12);
  });
});

/** Sets whose best rotation is not unique. */
const degenerate: Record<string, (rng: Rng) => Float64Array> = {
  'one point': (rng) => points(rng, 1),
  coincident: (rng) =>
    Float64Array.from(
      Array(4)
        .fill([...points(rng, 1)])
        .flat(),
    ),
  'in line': (rng) => {
    const direction = points(rng, 1);
    return Float64Array.from([-2, 0, 1, 5].flatMap((t) => [...direction].map((x) => t * x)));
  },
  'in a plane': (rng) => points(rng, 6).map((x, k) => (k % 3 === 2 ? 0 : x)),
  octahedron: () => Float64Array.from([1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1]),
};

const determinant = ([a, b, c, d, e, f, g, h, i]: Float64Array): number =>
  a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);

/** A rotation about 0.01 away. */
function nearby(rotation: Float64Array, rng: Rng): Float64Array {
  const small = rotationOf([1, ...rng.fillNormal(new Float64Array(3), 0, 0.005)]);
  return applyRotation(small, rotation); // the rows of R, turned: R · smallᵀ
}
