import { describe, expect, it, test } from 'vitest';
import { Rng } from '../../src/random/generator.js';
import { addSquared, defaultOptimizer, type OptimizerOptions, squaredLength } from '../../src/training/optimizer.js';
import { freshState, Optimizer } from '../../src/training/optimizer-run.js';
import { expectClose } from '../support/numeric.js';
import { plainState, plainStep } from './support/plain-adam.js';

const open = (options: Partial<OptimizerOptions>, weights: readonly number[]): Optimizer =>
  new Optimizer({ ...defaultOptimizer, ...options }, freshState(Float32Array.from(weights)));

/** Every number within a part of the expected one, so that small ones count as much as large ones. */
function expectRelative(found: Float32Array, expected: readonly number[], tolerance: number): void {
  expectClose(
    Array.from(found, (value, k) => value / expected[k]),
    expected.map(() => 1),
    tolerance,
  );
}

describe('an optimiser step is the published algorithm', () => {
  const variants: [string, Partial<OptimizerOptions>][] = [
    ['adamw', { kind: 'adamw' }],
    ['adamw with decay', { kind: 'adamw', weightDecay: 0.3 }],
    ['adam', { kind: 'adam' }],
    ['adam with decay', { kind: 'adam', weightDecay: 0.3 }],
    ['clipping', { clipNorm: 0.7 }],
    ['clipping that never comes into effect', { clipNorm: 1e6 }],
    ['adam with decay and clipping', { kind: 'adam', weightDecay: 0.3, clipNorm: 0.7 }],
    ['a moving average', { averageDecay: 0.8 }],
    ['a moving average that is not warmed up', { averageDecay: 0.8, averageWarmUp: false }],
    ['other moments', { beta1: 0, beta2: 0.5, epsilon: 0.1 }],
    [
      'everything at once',
      { weightDecay: 0.2, clipNorm: 2, averageDecay: 0.99, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
    ],
  ];
  it.each(variants)('%s', (_, changes) => {
    const options: OptimizerOptions = { ...defaultOptimizer, ...changes };
    const rng = Rng.fromSeed(5);
    const weights = Array.from({ length: 9 }, () => Math.fround(rng.normal()));
    const optimizer = open(changes, weights);
    const plain = plainState(weights);
    for (let step = 1; step <= 12; step++) {
      const gradient = rng.fillNormal(new Float32Array(9), 0, step % 3 === 0 ? 5 : 0.1);
      const rate = 0.1 * 0.9 ** step;
      const { norm, weightSum } = optimizer.step(gradient, { rate, step });
      expect(weightSum).toBeCloseTo(
        optimizer.state.weights.reduce((a, b) => a + b, 0),
        5,
      );
      expect(norm).toBeCloseTo(plainStep(plain, [...gradient], rate, options), 5);
      expectClose([...optimizer.state.weights], plain.weights, 3e-6);
      expectClose([...optimizer.state.mean], plain.mean, 3e-6);
      expectClose([...optimizer.state.variance], plain.variance, 3e-6);
      if (options.averageDecay > 0) expectClose([...optimizer.state.average], plain.average, 3e-6);
      else expect([...optimizer.state.average]).toEqual(weights);
    }
  });

  it.each([
    ['none of the first weights is left in the average', true, 0, 1e-20],
    ['a third of them is, where it is not warmed up', false, 0.36, 0.37],
  ])('of a thousand leaves an average of .999: %s', (_, averageWarmUp, low, high) => {
    const state = { ...freshState(Float32Array.of(0)), average: Float32Array.of(1) };
    const optimizer = new Optimizer({ ...defaultOptimizer, averageDecay: 0.999, averageWarmUp }, state);
    for (let step = 1; step <= 1000; step++) optimizer.step(Float32Array.of(0), { rate: 0.1, step });
    expect(optimizer.state.average[0]).toBeGreaterThan(low);
    expect(optimizer.state.average[0]).toBeLessThan(high);
  });

  it('leaves the vectors alone that it was started with', () => {
    const state = freshState(Float32Array.of(1, -2));
    for (const shared of [false, true]) {
      const optimizer = new Optimizer(defaultOptimizer, state, { shared });
      optimizer.step(Float32Array.of(3, 4), { rate: 0.1, step: 1 });
      expect(optimizer.state.weights[0]).toBeCloseTo(0.9, 6);
      expect(optimizer.state.weights.buffer instanceof SharedArrayBuffer).toBe(shared);
    }
    expect(Object.values(state).map((vector) => [...vector])).toEqual([
      [1, -2],
      [0, 0],
      [0, 0],
      [1, -2],
    ]);
  });

  it('needs a gradient as long as the weights', () => {
    const optimizer = open({}, [1, -2]);
    expect(() => optimizer.step(new Float32Array(3), { rate: 0.1, step: 1 })).toThrow(
      new RangeError('a gradient of 3 values was given for 2 weights'),
    );
  });

  it('sums up the new weights, not finite where one of them is not', () => {
    const { weightSum } = open({}, [3e38, -3e38]).step(Float32Array.of(-1, 1), { rate: 1e38, step: 1 });
    expect(weightSum).toBeNaN();
  });

  it('sums up to no number where a variance overflows, which would hold its weight for good', () => {
    const { norm, weightSum } = open({}, [1, 2]).step(Float32Array.of(1e22, 1), { rate: 0.1, step: 1 });
    expect(norm).toBeCloseTo(1e22, -15);
    expect(weightSum).toBeNaN();
  });

  it('does not move on a gradient of zero', () => {
    const optimizer = open({ clipNorm: 1 }, [1, -2]);
    optimizer.step(new Float32Array(2), { rate: 0.1, step: 1 });
    expect([...optimizer.state.weights]).toEqual([1, -2]);
  });
});

/*
 * From PyTorch 1.13 in float64: weights [0.5, -1.25, 2, 1e-3, -0.3], six steps at rates 0.05 (three times) and 0.02,
 * the gradient of step t being [1, -2, 0.25, 1e-6, 3][k] · (−1)^⌊t(k+1)/3⌋ · (1 + t/10); clip_grad_norm_ before the
 * step; average = 0.9 · average + 0.1 · weights after it.
 */
const pytorch = [
  {
    options: { kind: 'adamw', weightDecay: 0.1 },
    weights: [0.39380778820355805, -1.1421589563681946, 2.0203497858135453, 0.008410700202774523, -0.14377398481064566],
    mean: [-0.039484099999999966, -0.43878379999999995, 0.01435202499999999, 2.901480999999999e-7, 0.5098322999999998],
    variance: [0.0110869777504575, 0.04434791100183, 0.0006929361094035937, 1.1086977750457498e-14, 0.0997827997541175],
    average: [0.4520260033045976, -1.2097808004109405, 2.012827839710389, 0.012422570944147313, -0.23577730928602297],
  },
  {
    options: { kind: 'adam', weightDecay: 0.1 },
    weights: [0.39926171511209907, -1.1601648473647446, 1.9704859118489535, 0.02304515004736938, -0.14806305433809946],
    mean: [-0.02001632481188971, -0.49460183825764403, 0.10826290732731556, 0.0003132915799644597, 0.5010390199510373],
    variance: [
      0.01111302784777599, 0.04573683102943551, 0.0009656141085083767, 4.6513916308026465e-8, 0.099926317861617,
    ],
    average: [0.45428459820420247, -1.2162499540552711, 1.9988403321307355, 0.005599824791517074, -0.23743489587447497],
  },
  {
    options: { kind: 'adamw', weightDecay: 0, clipNorm: 2 },
    weights: [0.3962917639445797, -1.1654358650184318, 2.066141120704465, 0.015256259121789515, -0.14332481544771455],
    mean: [-0.01026186622888365, -0.16782823383040768, 0.0032881331458021103, 1.0051251602291544e-7, 0.117505593206258],
    variance: [
      0.0017024050011468328, 0.006809620004587331, 0.00010640031257167705, 1.7024050011468327e-15, 0.0153216450103,
    ],
    average: [0.45347209223596163, -1.2177461494715913, 2.0285105073102834, 0.01449464308211478, -0.23667327105172875],
  },
] as const;

test.each([0, 1, 3, 4, 5, 9])('the squared length of %i numbers is the sum of their squares', (length) => {
  const values = Rng.fromSeed(3).fillNormal(new Float32Array(length));
  expect(squaredLength(values)).toBeCloseTo(
    values.reduce((sum, value) => sum + value * value, 0),
    10,
  );
});

test.each([0, 1, 3, 4, 5, 9])('adding %i numbers gives the squared length of the sum', (length) => {
  const rng = Rng.fromSeed(4);
  const [total, values] = [rng.fillNormal(new Float32Array(length)), rng.fillNormal(new Float32Array(length))];
  const expected = total.map((value, k) => value + values[k]);
  const square = addSquared(total, values);
  expect(total).toEqual(expected);
  expect(square).toBeCloseTo(squaredLength(expected), 5);
});

describe('an optimiser agrees with PyTorch', () => {
  it.each(pytorch)('$options', ({ options, ...expected }) => {
    const optimizer = open({ ...options, averageDecay: 0.9, averageWarmUp: false }, [0.5, -1.25, 2, 1e-3, -0.3]);
    for (let t = 1; t <= 6; t++) {
      const gradient = Float32Array.from(
        [1, -2, 0.25, 1e-6, 3],
        (size, k) => size * (-1) ** Math.floor((t * (k + 1)) / 3) * (1 + t / 10),
      );
      const { norm } = optimizer.step(gradient, { rate: t <= 3 ? 0.05 : 0.02, step: t });
      expect(norm).toBeCloseTo(3.75 * (1 + t / 10), 5);
    }
    const { weights, mean, variance, average } = optimizer.state;
    expectRelative(weights, expected.weights, 1e-5);
    expectRelative(mean, expected.mean, 1e-5);
    expectRelative(variance, expected.variance, 1e-5);
    expectRelative(average, expected.average, 1e-5);
  });
});
