import { describe, expect, it } from 'vitest';
import { countLost } from '../../../src/fit/motion/lost-atoms.js';
import { Rng } from '../../../src/random/generator.js';

/** Atoms along x. */
const along = (...x: number[]): Float64Array => Float64Array.from(x.flatMap((value) => [value, 0, 0]));

describe('lost atoms', () => {
  it('are those of the smaller pieces of what was together', () => {
    expect(countLost(along(0, 1, 2, 3), along(0, 1, 2, 3), 1.5)).toBe(0);
    expect(countLost(along(0, 1, 2, 3), along(0, 1, 2, 9), 1.5)).toBe(1);
    expect(countLost(along(0, 1, 2, 3, 4), along(0, 1, -8, -9, -7), 1.5)).toBe(2);
    expect(countLost(along(0, 1, 10, 11), along(0, 1, 20, 21), 1.5)).toBe(0);
    expect(countLost(along(0, 1, 10, 11), along(0, 10, 1, 11), 1.5)).toBe(2);
  });

  it('do not depend on where the atoms are and how they are sorted', () => {
    const rng = Rng.fromSeed(2);
    const cloud = rng.fillUniform(new Float64Array(300), -3, 3);
    const far = cloud.map((value, k) => (k < 21 ? value + 50 : value));
    const order = rng.shuffle(Array.from({ length: 100 }, (_, k) => k));
    const sorted = (x: Float64Array) => Float64Array.from(order.flatMap((k) => [...x.subarray(3 * k, 3 * k + 3)]));
    expect(countLost(cloud, far, 4)).toBe(7);
    expect(
      countLost(
        sorted(cloud),
        sorted(far).map((value) => value - 7.3),
        4,
      ),
    ).toBe(7);
  });
});
