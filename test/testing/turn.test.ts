import { expect, test } from 'vitest';
import { type Matrix3, randomRotation } from '../../src/geometry/index.js';
import { type Quantity, widthOf } from '../../src/networks/index.js';
import { Rng } from '../../src/random/generator.js';
import { graphErrors } from '../../src/testing/graph-errors.js';
import { motionError } from '../../src/testing/index.js';
import { squaredLengths, turned } from '../../src/testing/turn.js';
import { expectClose } from '../support/close.js';

const rng = Rng.fromSeed(1);
const matrix = randomRotation(rng);
const mirror = matrix.map((x) => -x) as Matrix3;
const vectors = Array.from({ length: 4 }, () => rng.fillNormal(new Float32Array(3)));

/** v ⊗ w ⊗ …, the last index fastest. */
const outer = (...factors: readonly Float32Array[]): Float32Array =>
  Float32Array.from(factors.reduce<number[]>((left, right) => left.flatMap((x) => [...right].map((y) => x * y)), [1]));

const moved = (vector: Float32Array, by: Matrix3): Float32Array => turned(vector, { kind: 'vector' }, by, 1);

test.each([1, 2, 3, 4])('a product of %d vectors turns as they do', (order) => {
  const factors = vectors.slice(0, order);
  for (const by of [matrix, mirror]) {
    const tensor = turned(outer(...factors), { kind: 'tensor', order }, by, 1);
    expectClose(tensor, outer(...factors.map((v) => moved(v, by))), 1e-6);
  }
});

test('six numbers are those of a symmetric matrix, row after row', () => {
  const six = (v: Float32Array): number[] => {
    const nine = outer(v, v);
    return [0, 1, 2, 4, 5, 8].map((k) => nine[k]);
  };
  const quantity: Quantity = { kind: 'tensor', order: 2, symmetric: true, at: 'nodes' };
  const rows = Float32Array.from(vectors.flatMap(six));
  expectClose(
    turned(rows, quantity, matrix, 1),
    vectors.flatMap((v) => six(moved(v, matrix))),
    1e-6,
  );
  const nine = Float32Array.from(vectors.flatMap((v) => [...outer(v, v)]));
  expectClose(squaredLengths(rows, quantity), [...squaredLengths(nine, { kind: 'tensor', order: 2 })], 1e-5);
  expect(widthOf(quantity)).toBe(6);
});

test('only what is pseudo feels the mirror beside its turn', () => {
  const [v] = vectors;
  expect(turned(v, { kind: 'pseudo-vector' }, mirror, -1)).toEqual(moved(v, matrix));
  expect([...turned(v, { kind: 'pseudo-scalar' }, mirror, -1)]).toEqual([...v].map((x) => -x));
  expect(turned(v, { kind: 'scalar' }, mirror, -1)).toBe(v);
});

test('errors of scalars are relative to how much they differ: a shift hides none', async () => {
  const error = (shift: number): Promise<number> => {
    const values = Float32Array.of(1, 2, 3, 4).map((x) => x + shift);
    const motion = { input: () => ({ sizes: [1, 1, 1, 1] }), output: (x: Float32Array) => x };
    return motionError(() => values.map((x, k) => x + (k === 2 ? 0.25 : 0)), { sizes: [1] }, values, motion, 'scalar');
  };
  const deviation = Math.sqrt(5 / 4);
  expect(await error(0)).toBeCloseTo(0.25 / deviation, 6);
  expect(await error(-4000)).toBeCloseTo(0.25 / deviation, 6);
});

test('what symmetry leaves nothing of is measured by the smallest scale that counts', () => {
  const [actual, expected] = [Float32Array.of(1e-7, 0, 0), new Float32Array(3)];
  const output: Quantity = { kind: 'vector', at: 'nodes' };
  expect(graphErrors(actual, expected, [1], output)).toEqual([Infinity]);
  expect(graphErrors(actual, expected, [1], output, 0.1)[0]).toBeCloseTo(1e-6, 9);
});
