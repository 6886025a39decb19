import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { Rng } from '../../src/random/generator.js';

const algorithm = 'xoshiro128**';
const take = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.uint32());

describe('Rng', () => {
  it('gives the numbers of the reference C program of xoshiro128**', () => {
    const small = Rng.fromState({ algorithm, words: [1, 2, 3, 4], spare: null });
    expect(take(small, 6)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
    const words = [0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0];
    const large = Rng.fromState({ algorithm, words, spare: null });
    expect(take(large, 4)).toEqual([0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70]);
    expect(large.state().words).toEqual([0xfc65379c, 0x52006d70, 0x87487639, 0xf1908343]);
  });

  it('goes on from a saved state, JSON in between, a kept normal included', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(20), (seed, steps) => {
        const rng = Rng.fromSeed(seed);
        for (let i = 0; i < steps; i++) rng.normal();
        const restored = Rng.fromState(JSON.parse(JSON.stringify(rng.state())));
        const copy = rng.clone();
        const expected = [rng.normal(), rng.normal(), rng.uniform()];
        expect([restored.normal(), restored.normal(), restored.uniform()]).toEqual(expected);
        expect([copy.normal(), copy.normal(), copy.uniform()]).toEqual(expected);
      }),
    );
  });

  it('forks by label without moving, and splits by moving', () => {
    const rng = Rng.fromSeed(7);
    const before = rng.state();
    const streams = [rng.fork('a'), rng.fork('b'), rng.fork('ba'), rng.fork(0), rng.fork(1), rng.clone()];
    expect(new Set(streams.map((stream) => take(stream, 3).join())).size).toBe(streams.length);
    expect(take(rng.fork('a'), 3)).toEqual(take(rng.fork('a'), 3));
    expect(rng.state()).toEqual(before);
    expect(take(rng.split(), 3)).not.toEqual(take(rng.split(), 3));
  });

  it('tells seeds apart, large ones too', () => {
    const seeds = [0, 1, 2, 43, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => Rng.fromSeed(seed).uint32())).size).toBe(seeds.length);
  });

  it('refuses seeds and states that are none', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => Rng.fromSeed(seed)).toThrow(UserError);
    const good = Rng.fromSeed(1).state();
    const bad = [null, {}, { ...good, words: [0, 0, 0, 0] }, { ...good, words: [1, 2, 3] }, { ...good, spare: 'x' }];
    for (const state of [...bad, { ...good, algorithm: 'mt' }]) expect(() => Rng.fromState(state)).toThrow(UserError);
  });

  it('draws uniforms and normals with the right moments', () => {
    const rng = Rng.fromSeed(43);
    const uniform = moments(rng.fillUniform(new Float64Array(200_000), -1, 3));
    expect(uniform.mean).toBeCloseTo(1, 1.5);
    expect(uniform.variance).toBeCloseTo(16 / 12, 1.5);
    const normal = moments(rng.fillNormal(new Float32Array(200_000), 2, 3));
    expect(normal.mean).toBeCloseTo(2, 1.3);
    expect(normal.variance / 9).toBeCloseTo(1, 1.5);
    expect(normal.kurtosis).toBeCloseTo(3, 0.9);
  });

  it('draws every whole number below a limit equally often', () => {
    const rng = Rng.fromSeed(5);
    const tallied = tally(rng, 6, 60_000);
    const chiSquare = tallied.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(25); // 5 degrees of freedom: p < 1.4e-4
    expect(() => rng.integer(0)).toThrow(RangeError);
    expect(rng.integer(2 ** 32)).toBeLessThan(2 ** 32);
  });

  it('shuffles: a permutation, every order reachable', () => {
    const rng = Rng.fromSeed(3);
    const orders = new Set(Array.from({ length: 200 }, () => rng.shuffle([1, 2, 3]).join('')));
    expect([...orders].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    expect([...rng.shuffle(Int32Array.from([5, 6, 7, 8]))].sort()).toEqual([5, 6, 7, 8]);
  });
});

describe('random bits for a number', () => {
  it('are as good as coins, and leave the generator where it is', () => {
    const rng = Rng.fromSeed(1);
    const state = rng.state();
    const heads = new Array<number>(32).fill(0);
    for (let k = 0; k < 10_000; k++) for (let bit = 0; bit < 32; bit++) heads[bit] += (rng.bitsAt(k) >>> bit) & 1;
    // Five standard deviations.
    for (const count of heads) expect(Math.abs(count - 5000)).toBeLessThan(250);
    expect(rng.state()).toEqual(state);
    expect(rng.bitsAt(3)).not.toBe(rng.fork('other').bitsAt(3));
  });
});

function tally(rng: Rng, limit: number, draws: number): number[] {
  const counts = new Array<number>(limit).fill(0);
  for (let i = 0; i < draws; i++) {
    const value = rng.integer(limit);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

function moments(values: ArrayLike<number> & Iterable<number>) {
  const mean = average(values, (x) => x);
  const variance = average(values, (x) => (x - mean) ** 2);
  return { mean, variance, kurtosis: average(values, (x) => (x - mean) ** 4) / variance ** 2 };
}

function average(values: ArrayLike<number> & Iterable<number>, of: (x: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum / values.length;
}
