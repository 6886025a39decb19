import { describe, expect, test } from 'vitest';
import { extent, linearScale, logScale } from '../../src/report/scale.js';

describe('a linear scale', () => {
  test('has round ticks within the data, and maps its ends to the ends of the axis', () => {
    const scale = linearScale([1, 60], [58, 468], { count: 6 });
    expect(scale.ticks).toEqual([10, 20, 30, 40, 50, 60]);
    expect([scale.at(1), scale.at(60), scale.at(30.5)]).toEqual([58, 468, 263]);
  });

  test('ends at ticks where it is asked to', () => {
    const scale = linearScale([0.03, 0.97], [0, 1], { nice: true });
    expect(scale.domain).toEqual([0, 1]);
    expect(scale.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  test('has no ticks between whole numbers where it is of such', () => {
    expect(linearScale([1, 3], [0, 1], { count: 6, whole: true }).ticks).toEqual([1, 2, 3]);
    expect(linearScale([1, 60], [0, 1], { count: 6, whole: true }).ticks).toEqual([10, 20, 30, 40, 50, 60]);
  });

  test('copes with a single value', () => {
    const scale = linearScale([5, 5], [0, 100]);
    expect(scale.at(5)).toBe(0);
    expect(scale.ticks.length).toBeGreaterThan(1);
  });
});

describe('a logarithmic scale', () => {
  test('gives every decade the same room', () => {
    const scale = logScale([0.001, 1], [300, 0]);
    expect(scale.domain).toEqual([0.001, 1]);
    for (const [k, value] of [0.001, 0.01, 0.1, 1].entries()) expect(scale.at(value)).toBeCloseTo(300 - 100 * k, 9);
  });

  test('ends at 1, 2 or 5 times a power of ten', () => {
    expect(logScale([0.013, 0.3], [0, 1]).ticks).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(logScale([3e-7, 40], [0, 1]).domain).toEqual([2e-7, 50]);
    expect(logScale([3e-7, 40], [0, 1]).ticks).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10]);
  });

  test('puts zero at its lower end and copes with data that have no logarithm', () => {
    expect(logScale([0.01, 1], [0, 1]).at(0)).toBe(0);
    for (const domain of [
      [0, 0],
      [-1, 2],
      [0.5, 0.5],
    ] as const) {
      const scale = logScale(domain, [0, 1]);
      expect(scale.at(scale.domain[1])).toBeCloseTo(1, 12);
    }
  });
});

test('the extent leaves out what is not finite', () => {
  expect(extent([3, Number.NaN, -2, Infinity])).toEqual([-2, 3]);
  expect(extent([])).toEqual([0, 1]);
});
