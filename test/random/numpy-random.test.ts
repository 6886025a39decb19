import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../src/random/numpy-random.js';
import { expectClose } from '../support/close.js';

// All numbers below were drawn from numpy.random.RandomState of NumPy 2.4.6.

const draw = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

describe('NumpyRandom', () => {
  it('draws the doubles of random_sample', () => {
    const random = new NumpyRandom(43);
    expect(draw(3, () => random.uniform())).toEqual([0.11505456638977896, 0.6090665392794814, 0.13339096418598828]);
    expect(new NumpyRandom(4294967295).uniform()).toBe(0.0976320289940138);
  });

  it('draws the normals of randn and keeps the second of a pair', () => {
    const random = new NumpyRandom(43);
    draw(3, () => random.uniform());
    const expected = [
      -0.762324775442468, -1.1440117988208052, 0.406094210414111, 0.8780990348347582, -0.4713833167038588,
    ];
    expectClose(
      draw(5, () => random.normal()),
      expected,
      1e-15,
    );
    expect(random.state().position).toBe(18);
    expect(random.state().cachedNormal).toBeCloseTo(0.04119692074890438, 15);
  });

  it('agrees after 100,000 doubles and 100,001 normals', () => {
    const random = new NumpyRandom(0);
    expect(draw(100_000, () => random.uniform()).at(-1)).toBe(0.22575585618341354);
    expect(draw(100_001, () => random.normal()).at(-1)).toBeCloseTo(-0.668431390861597, 14);
    expect(random.state().position).toBe(536);
  });

  it.each([
    [2, [0, 0, 1, 1], 4],
    [7, [4, 0, 1, 5], 5],
    [1000, [836, 320, 255, 817], 4],
    [2 ** 31, [494155588, 2134003008, 468437247, 442015537], 4],
    [2 ** 32, [494155588, 2134003008, 2615920895, 442015537], 4],
  ])('draws the integers of randint(0, %d), four in a row', (high, expected, position) => {
    const random = new NumpyRandom(43);
    expect(draw(4, () => random.integer(high))).toEqual(expected);
    expect(random.state().position).toBe(position);
  });

  it('draws nothing for the only integer below 1', () => {
    const random = new NumpyRandom(43);
    expect(random.integer(1)).toBe(0);
    expect(random.state().position).toBe(624);
  });

  it('chooses as choice does, with and without probabilities', () => {
    const weighted = new NumpyRandom(43);
    const values = [1, 0.5, -1];
    expect(draw(6, () => weighted.choice(values, [0.2, 0.3, 0.5]))).toEqual([1, -1, 1, 0.5, 0.5, -1]);
    expect(weighted.state().position).toBe(12);
    const even = new NumpyRandom(43);
    expect(draw(6, () => even.choice(values))).toEqual([1, 1, 0.5, 0.5, -1, 1]);
    expect(even.state().position).toBe(7);
  });

  it('goes on alike from a clone and from its state in JSON', () => {
    const random = new NumpyRandom(7);
    random.normal();
    const copies = [random.clone(), new NumpyRandom(JSON.parse(JSON.stringify(random.state())))];
    const expected = draw(2000, () => random.normal());
    for (const copy of copies) expect(draw(2000, () => copy.normal())).toEqual(expected);
  });

  it.each([-1, 1.5, 2 ** 32, Number.NaN])('refuses the seed %d', (seed) => {
    expect(() => new NumpyRandom(seed)).toThrow(RangeError);
  });

  it('refuses bad bounds, probabilities and states', () => {
    const random = new NumpyRandom(1);
    expect(() => random.integer(0)).toThrow(RangeError);
    expect(() => random.integer(2 ** 32 + 1)).toThrow(RangeError);
    expect(() => random.choice([1, 2], [0.5, 0.6])).toThrow('add up to 1');
    expect(() => random.choice([1, 2], [1])).toThrow('2 values need as many probabilities');
    expect(() => random.choice([1, 2], [1.5, -0.5])).toThrow('at least 0');
    expect(() => new NumpyRandom({ key: [1], position: 0, cachedNormal: null })).toThrow('624 words');
    expect(() => new NumpyRandom({ ...random.state(), position: 625 })).toThrow('position');
  });
});
