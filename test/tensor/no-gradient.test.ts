import { describe, expect, test } from 'vitest';
import {
  abs,
  add,
  addInDouble,
  cast,
  constant,
  gather,
  gradient,
  type Input,
  input,
  less,
  log,
  max,
  maximum,
  minimum,
  mul,
  reshape,
  scatterAdd,
  scatterMax,
  sign,
  sin,
  size,
  stopGradient,
  sum,
  type Tensor,
  where,
} from '../../src/tensor/index.js';
import { expectProgramMatches } from '../support/numeric.js';
import { type Data, evaluate } from '../support/reference.js';

const slopes = (loss: Tensor, inputs: readonly Input[], data: Data): (readonly number[])[] =>
  evaluate(gradient(loss, inputs), data).map((value) => value.data);

const [a, b] = [input('a', [3]), input('b', [3])];
const data = { a: [1, -2, 0.5], b: [3, 4, -1] };

describe('ops without a gradient, by design', () => {
  test.each([
    ['sign', sum(sign(a))],
    ['less', sum(where(less(a, b), 1, 2))],
    ['addInDouble', sum(cast(addInDouble(reshape(a, [3, 1]), reshape(b, [3, 1]), [2]), 'float32'))],
    ['cast', sum(cast(cast(a, 'int32'), 'float32'))],
    ['size', mul(size(a), 2)],
    ['stopGradient', sum(stopGradient(sin(a)))],
  ])('%s', (_, loss) => {
    expect(slopes(loss, [a, b], data)).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test('stopGradient makes its input a constant, and nothing else', () => {
    expect(slopes(sum(mul(stopGradient(a), mul(a, b))), [a, b], data)).toEqual([
      [3, -8, -0.5],
      [1, 4, 0.25],
    ]);
  });

  test('nothing flows to the condition of where, nor to row numbers', () => {
    const condition = input('condition', [3], 'bool');
    const index = input('index', [3], 'int32');
    const from = (y: Tensor): readonly (Tensor | null)[] => y.op.gradient(input('dy', y.shape), y);
    expect(from(where(condition, a, b)).map((part) => part === null)).toEqual([true, false, false]);
    expect(from(gather(a, index)).map((part) => part === null)).toEqual([false, true]);
    expect(from(scatterAdd(a, index, 4)).map((part) => part === null)).toEqual([false, true]);
    expect(from(scatterMax(a, index, 4)).map((part) => part === null)).toEqual([false, true]);
  });

  test('a tensor that the loss does not depend on has a gradient of zeros, of its own shape', async () => {
    const other = input('other', ['edges', 2]);
    const [slope, own] = gradient(sum(sin(a)), [other, a]);
    expect(slope.shape).toEqual(['edges', 2]);
    // The program needs some input that says how many edges there are.
    const shown = add(slope, other);
    await expectProgramMatches({ shown, own }, { ...data, other: [1, 2, 3, 4] }, { edges: 2 });
  });
});

describe('ties', () => {
  const same = { a: [1, 2, 3], b: [1, 5, 0] };

  test('maximum and minimum give the gradient to their second input', () => {
    expect(slopes(sum(maximum(a, b)), [a, b], same)).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ]);
    expect(slopes(sum(minimum(a, b)), [a, b], same)).toEqual([
      [0, 1, 0],
      [1, 0, 1],
    ]);
  });

  test('max gives the whole gradient to every element that is largest', () => {
    expect(slopes(max(a), [a], { a: [4, 1, 4] })).toEqual([[1, 0, 1]]);
  });

  test('scatterMax gives the whole gradient to every row that is largest', () => {
    const index = constant([0, 0, 0], [3], 'int32');
    expect(slopes(sum(scatterMax(a, index, 1)), [a], { a: [4, 1, 4] })).toEqual([[1, 0, 1]]);
  });

  test('abs is flat at 0', () => {
    expect(slopes(sum(abs(a)), [a], { a: [-2, 0, 3] })).toEqual([[-1, 0, 1]]);
  });
});

test('where keeps what is not chosen out of the gradient, infinite slopes included, if its input is made harmless', () => {
  const positive = less(0, a);
  const loss = sum(where(positive, log(where(positive, a, 1)), 0));
  expect(slopes(loss, [a], { a: [2, 0, -1] })).toEqual([[0.5, 0, 0]]);
});

test('the gradient of a scalar by itself is 1', () => {
  const loss = input('loss', []);
  expect(slopes(loss, [loss], { loss: [7] })).toEqual([[1]]);
  expect(slopes(constant(3), [a], data)).toEqual([[0, 0, 0]]);
});
