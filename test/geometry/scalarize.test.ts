import { describe, expect, test } from 'vitest';
import {
  applyRotation,
  type Frame,
  pairFrame,
  randomRotation,
  scalarize,
  scalarizeTensor,
  tensorize,
  tensorizeTensor,
} from '../../src/geometry/index.js';
import { Rng } from '../../src/random/generator.js';
import { input, type Tensor } from '../../src/tensor/index.js';
import { expectClose, runTensors } from '../support/numeric.js';
import { column, directionalSlopes, dotOf, type Point, pairData, randomPairs, weightedSum, xi, xj } from './points.js';

const n = 6;
const sizes = { n };
const pairs = randomPairs(n, 21);
const orders = [0, 1, 2, 3];
const tensorOf = (order: number) => input('tensor', [...Array.from({ length: order }, () => 3), 'n']);
const randomValues = (order: number, seed = 4): number[] => [
  ...Rng.fromSeed(seed).fillNormal(new Float32Array(3 ** order * n)),
];
const axes = ({ a, b, c }: Frame): Record<'a' | 'b' | 'c', Tensor> => ({ a, b, c });

/** Every index of a tensor of this order: [0, 0], [0, 1], … */
const indices = (order: number): number[][] =>
  order === 0 ? [[]] : indices(order - 1).flatMap((index) => [0, 1, 2].map((last) => [...index, last]));

/** Σ over all i, j, … of T_ij… u_i v_j …: the tensor of body k, applied to vectors. */
const applied = (tensor: readonly number[], k: number, vectors: readonly (readonly number[])[]): number =>
  indices(vectors.length).reduce(
    (total, index, at) => total + tensor[at * n + k] * index.reduce((product, i, r) => product * vectors[r][i], 1),
    0,
  );

describe.each(orders)('tensors of order %i', (order) => {
  const tensor = tensorOf(order);
  const values = randomValues(order);
  const data = { ...pairData(pairs), tensor: values };

  test('scalarize to T(e_p, e_q, …)', async () => {
    const frame = pairFrame(xi, xj);
    const scalars = scalarizeTensor(tensor, frame, order);
    const results = await runTensors({ ...axes(frame), scalars }, data, sizes);
    const expected = indices(order).flatMap((index) =>
      pairs.map((_, k) => {
        const frameAxes = [results.a, results.b, results.c].map((axis) => column(axis, k));
        return applied(
          values,
          k,
          index.map((p) => frameAxes[p]),
        );
      }),
    );
    expectClose(results.scalars, expected, 1e-5);
  });

  test('tensorize to Σ coefficient e_p ⊗ e_q …', async () => {
    const frame = pairFrame(xi, xj);
    const results = await runTensors({ ...axes(frame), built: tensorizeTensor(tensor, frame, order) }, data, sizes);
    const expected = indices(order).flatMap((index) =>
      pairs.map((_, k) => {
        const rows = [0, 1, 2].map((i) => [results.a, results.b, results.c].map((axis) => column(axis, k)[i]));
        return applied(
          values,
          k,
          index.map((i) => rows[i]),
        );
      }),
    );
    expectClose(results.built, expected, 1e-5);
  });

  test('come back from an orthonormal frame as they were', async () => {
    const frame = pairFrame(xi, xj, 'orthonormal');
    const there = tensorizeTensor(scalarizeTensor(tensor, frame, order), frame, order);
    const back = scalarizeTensor(tensorizeTensor(tensor, frame, order), frame, order);
    const results = await runTensors({ there, back }, data, sizes);
    expectClose(results.there, values, 1e-6);
    expectClose(results.back, values, 1e-6);
  });

  test('have the gradients of central differences, in the tensor and in the points', () => {
    const frame = pairFrame(xi, xj, 'orthonormal');
    const { loss, data: weights } = weightedSum(
      [scalarizeTensor(tensor, frame, order), tensorizeTensor(tensor, frame, order)],
      sizes,
    );
    const given = { ...data, ...weights };
    const inputs = order === 0 ? [tensor] : [tensor, xi, xj];
    for (const of of inputs) {
      const { analytical, numerical } = directionalSlopes(loss, of, given, sizes);
      expect(analytical / numerical).toBeCloseTo(1, 7);
    }
  });

  test('of another shape are refused by name', () => {
    const frame = pairFrame(xi, xj);
    expect(() => scalarizeTensor(tensor, frame, order + 1)).toThrow(
      new RegExp(`scalarizeTensor: a tensor of order ${order + 1} has shape \\[(3, )+n\\]`),
    );
    expect(() => tensorizeTensor(input('t', [2, 'n']), frame, 1)).toThrow('tensorizeTensor');
    expect(() => tensorizeTensor(tensor, frame, -1)).toThrow(RangeError);
  });
});

test('order 0 is left alone', () => {
  const scalar = tensorOf(0);
  expect(scalarizeTensor(scalar, pairFrame(xi, xj), 0)).toBe(scalar);
});

test('order 1 is scalarize and tensorize', async () => {
  const [v, frame] = [tensorOf(1), pairFrame(xi, xj)];
  const data = { ...pairData(pairs), tensor: randomValues(1) };
  const outputs = {
    scalars: scalarize([v], frame),
    general: scalarizeTensor(v, frame, 1),
    vectors: tensorize(v, frame),
    generalVectors: tensorizeTensor(v, frame, 1),
  };
  const results = await runTensors(outputs, data, sizes);
  expectClose(results.general, results.scalars, 1e-6);
  expectClose(results.generalVectors, results.vectors, 1e-6);
});

describe('the scalars of a system that turns', () => {
  const rotation = randomRotation(Rng.fromSeed(8));
  const turn = (v: Point): Point => [...applyRotation(rotation, Float64Array.from(v))] as unknown as Point;
  const turnedPairs = pairs.map(([i, j]) => [turn(i), turn(j)] as const);
  const rows = [0, 1, 2].map((row) => [...rotation.subarray(3 * row, 3 * row + 3)]);

  test.each([1, 2, 3])('stay as they are at order %i', async (order) => {
    const values = randomValues(order);
    const turned = indices(order).flatMap((index) =>
      pairs.map((_, k) =>
        applied(
          values,
          k,
          index.map((i) => rows[i]),
        ),
      ),
    );
    const outputs = { scalars: scalarizeTensor(tensorOf(order), pairFrame(xi, xj), order) };
    const before = await runTensors(outputs, { ...pairData(pairs), tensor: values }, sizes);
    const after = await runTensors(outputs, { ...pairData(turnedPairs), tensor: turned }, sizes);
    expectClose(after.scalars, before.scalars, 1e-5);
  });
});

test('a vector is scalarized to its products with the axes', async () => {
  const [v, frame] = [tensorOf(1), pairFrame(xi, xj)];
  const values = randomValues(1);
  const outputs = { ...axes(frame), scalars: scalarize([v], frame) };
  const results = await runTensors(outputs, { ...pairData(pairs), tensor: values }, sizes);
  const expected = [results.a, results.b, results.c].flatMap((axis) =>
    pairs.map((_, k) => dotOf(column(values, k), column(axis, k))),
  );
  expectClose(results.scalars, expected, 1e-6);
});
