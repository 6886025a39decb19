import { describe, expect, test } from 'vitest';
import { add, compile, gather, gradient, input, mul, reshape, silu, slice, sum } from '../../src/tensor/index.js';
import { substitute } from '../../src/tensor/substitute.js';
import { expectClose } from '../support/numeric.js';
import { evaluate } from '../support/reference.js';

const a = input('a', [2]);
const b = input('b', ['n']);
const loss = add(sum(mul(silu(a), a)), sum(b));

describe('substitute', () => {
  test('puts other tensors in the place of inputs, in values and gradients', () => {
    const both = input('both', [2, 2]);
    const second = reshape(slice(both, 0, 1, 2), [2]);
    const [slope] = gradient(loss, [a]);
    const data = { a: [0.5, -2], b: [1, 2, 3] };
    const sizes = { n: 3 };
    const expected = evaluate([loss, slope], data, sizes);
    const swapped = substitute([loss, slope], new Map([['a', second]]));
    const found = evaluate(swapped, { both: [9, 9, ...data.a], b: data.b }, sizes);
    for (const [k, { data: values }] of expected.entries()) expectClose(found[k].data, values, 1e-12);
  });

  test('takes inputs of one name for one, and leaves what replaces them as it is', () => {
    const twice = add(a, input('a', [2]));
    const [swapped] = substitute([twice], new Map([['a', mul(a, 3)]]));
    expect(evaluate([swapped], { a: [1, 2] })[0].data).toEqual([6, 12]);
  });

  test('keeps tensors that no replacement reaches', () => {
    const untouched = sum(b);
    const [first, second] = substitute([untouched, loss], new Map([['a', input('c', [2])]]));
    expect(first).toBe(untouched);
    expect(compile({ second }).inputs.map(({ name }) => name)).toEqual(['c', 'b']);
  });

  test.each([
    ['shape', input('c', [3]), 'substitute: input a is float32 [2], its replacement float32 [3]'],
    ['named axis', input('c', ['n']), 'substitute: input a is float32 [2], its replacement float32 [n]'],
    ['dtype', input('c', [2], 'int32'), 'substitute: input a is float32 [2], its replacement int32 [2]'],
  ])('refuses another %s', (_, other, message) => {
    expect(() => substitute([gather(a, input('k', [1], 'int32'))], new Map([['a', other]]))).toThrow(message);
  });
});
