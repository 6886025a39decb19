import { describe, expect, test } from 'vitest';
import {
  add,
  compile,
  constant,
  expand,
  gather,
  gradient,
  input,
  less,
  ShapeError,
  scatterAdd,
  sin,
  sum,
} from '../../src/tensor/index.js';

const x = input('x', ['nodes', 3]);

describe('gradient', () => {
  test('of something that is no scalar', () => {
    expect(() => gradient(x, [x])).toThrow(
      new ShapeError('gradient: the loss has shape [nodes, 3], expected a scalar'),
    );
    expect(() => gradient(sum(x, [0, 1], { keepDims: true }), [x])).toThrow('[1, 1]');
  });

  test('of something that is no float', () => {
    expect(() => gradient(less(sum(x), 0), [x])).toThrow(
      'gradient: the loss has dtype bool (shape []), expected float32',
    );
  });
});

describe('compile', () => {
  test('two inputs of one name', () => {
    const shape = 'compile: two inputs are named x, float32 of shape [nodes, 3] and float32 of shape [nodes]';
    expect(() => compile({ a: sin(x), b: sin(input('x', ['nodes'])) })).toThrow(new ShapeError(shape));
    const dtypes = { a: sum(x), b: gather(constant([1, 2]), input('x', ['nodes'], 'int32')) };
    expect(() => compile(dtypes)).toThrow('two inputs are named x');
    const same = { a: input('y', [2], 'int32'), b: input('y', [2], 'int64') };
    expect(() => compile(same)).toThrow('compile: two inputs are named y, int32 of shape [2] and int64 of shape [2]');
  });

  test('an output with the name of an input', () => {
    expect(() => compile({ x: sin(x) })).toThrow(new ShapeError('compile: x names both an input and an output'));
  });

  test('a named size that no input has', () => {
    const index = input('index', ['edges'], 'int32');
    const rows = scatterAdd(input('values', ['edges']), index, 'graphs');
    expect(() => compile({ rows })).toThrow(
      new ShapeError('compile: no input of the program has an axis named graphs'),
    );
    expect(() => compile({ ones: expand(constant(1), ['graphs']) })).toThrow('an axis named graphs');
    const other = expand(constant(0), ['graphs']);
    expect(() => compile({ sum: add(rows, other), given: input('g', ['graphs', 2]) })).not.toThrow();
  });
});
