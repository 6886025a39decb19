import { describe, expect, test } from 'vitest';
import {
  abs,
  add,
  addInDouble,
  cast,
  clamp,
  concat,
  constant,
  cos,
  cross,
  div,
  exp,
  expand,
  gather,
  type Input,
  input,
  layerNorm,
  less,
  log,
  matmul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  pad,
  reshape,
  rowProducts,
  ShapeError,
  scatterAdd,
  scatterMax,
  sigmoid,
  sign,
  silu,
  sin,
  size,
  slice,
  softplus,
  sqrt,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
  where,
} from '../../src/tensor/index.js';
import { type OpName, opTable } from '../../src/tensor/table.js';

const edges = input('e', ['edges', 3]);
const nodes = input('n', ['nodes', 3]);
const square = input('s', [2, 2]);
const scalar = input('c', []);
const rows = input('i', ['edges'], 'int32');
const table = input('m', ['edges', 1], 'int32');
const flags = input('f', [2, 2], 'bool');
const long = input('l', ['edges'], 'int64');

/** What is done wrong, and what the message has to say: the op (it starts with it), the input, the shapes. */
type Mistake = readonly [act: () => Tensor, ...says: string[]];

const unary = (f: (x: Tensor) => Tensor): Mistake[] => [
  [() => f(rows), 'input', 'int32', '[edges]', 'expected float32'],
  [() => f(flags), 'input', 'bool', '[2, 2]', 'expected float32'],
];

const binary = (f: (a: Tensor, b: Tensor) => Tensor): Mistake[] => [
  [() => f(edges, nodes), '[edges, 3]', '[nodes, 3]'],
  [() => f(square, edges), '[2, 2]', '[edges, 3]'],
  [() => f(table, edges), 'first input', 'int32', '[edges, 1]', 'expected float32'],
  [() => f(square, flags), 'second input', 'bool', '[2, 2]', 'expected float32'],
];

const reduction = (f: (x: Tensor, axes?: number[]) => Tensor): Mistake[] => [
  [() => f(square, [2]), 'axis 2', '[2, 2]'],
  [() => f(square, [-3]), 'axis -3', '[2, 2]'],
  [() => f(square, [0.5]), 'axis 0.5', '[2, 2]'],
  [() => f(square, [0, -2]), 'axes [0,-2]', 'twice'],
  [() => f(scalar, [0]), 'axis 0', '[]'],
  [() => f(rows), 'input', 'int32', '[edges]', 'expected float32'],
  [() => f(input('x', [], 'int32')), 'input', 'int32', '[]', 'expected float32'],
];

/** Ops that take anything. */
const always: readonly OpName[] = ['stopGradient', 'cast'];

const mistakes: Readonly<Partial<Record<OpName, readonly Mistake[]>>> = {
  input: [
    [() => input('x', [2, -1]), '[2, -1]'],
    [() => input('x', [1.5]), '[1.5]'],
    [() => input('x', ['']), '[]'],
  ],
  constant: [
    [() => constant([1, 2, 3], [2, 2]), '3 values', '[2, 2]'],
    [() => constant([], []), '0 values', '[]'],
  ],
  neg: unary(neg),
  exp: unary(exp),
  log: unary(log),
  sqrt: unary(sqrt),
  sin: unary(sin),
  cos: unary(cos),
  tanh: unary(tanh),
  sigmoid: unary(sigmoid),
  softplus: unary(softplus),
  abs: unary(abs),
  clamp: [...unary((x) => clamp(x, 0, 1)), [() => clamp(square, 2, 1), 'clamp', '2', '1']],
  sign: unary(sign),
  silu: unary(silu),
  add: binary(add),
  sub: binary(sub),
  mul: binary(mul),
  div: binary(div),
  maximum: binary(maximum),
  minimum: binary(minimum),
  less: binary(less),
  where: [
    [() => where(square, square, square), 'condition', 'float32', '[2, 2]', 'expected bool'],
    [() => where(flags, rows, square), 'second input', 'int32', '[edges]'],
    [() => where(flags, square, flags), 'third input', 'bool', '[2, 2]'],
    [() => where(flags, edges, 0), '[2, 2]', '[edges, 3]'],
    [() => where(flags, edges, nodes), '[edges, 3]', '[nodes, 3]'],
  ],
  sum: reduction(sum),
  max: reduction(max),
  size: [
    [() => size(square, [2]), 'axis 2', '[2, 2]'],
    [() => size(square, [1, -1]), 'axes [1,-1]', 'twice'],
  ],
  reshape: [
    [() => reshape(square, [3]), '[2, 2]', '[3]'],
    [() => reshape(edges, ['nodes', 3]), '[edges, 3]', '[nodes, 3]'],
    [() => reshape(edges, [6]), '[edges, 3]', '[6]'],
    [() => reshape(square, [-2, -2]), '[2, 2]', '[-2, -2]'],
  ],
  transpose: [
    [() => transpose(square, [0]), '[0]', '[2, 2]'],
    [() => transpose(square, [0, 0]), '[0,0]', '[2, 2]'],
    [() => transpose(square, [1, 2]), '[1,2]', '[2, 2]'],
    [() => transpose(transpose(input('x', [2, 3, 4]), [0, 2, 1]), [0]), '[0]', '[2, 4, 3]'],
    [() => transpose(transpose(square), []), '[]', '[2, 2]'],
  ],
  expand: [
    [() => expand(square, [2, 3]), '[2, 2]', '[2, 3]'],
    [() => expand(edges, [1, 3]), '[edges, 3]', '[1, 3]'],
    [() => expand(edges, [3]), '[edges, 3]', '[3]'],
    [() => expand(edges, ['nodes', 3]), '[edges, 3]', '[nodes, 3]'],
    [() => expand(scalar, [-1]), '[-1]'],
  ],
  concat: [
    [() => concat([], 0), 'no inputs'],
    [() => concat([square, input('x', [3, 3])], 0), 'input 1', '[3, 3]', '[2, 2]', 'axis 0'],
    [() => concat([square, square, scalar], 1), 'input 2', '[]', '[2, 2]', 'axis 1'],
    [() => concat([edges, edges], 0), 'input 0', '[edges, 3]', 'axis 0'],
    [() => concat([square, square], 2), 'axis 2', '[2, 2]'],
    [() => concat([scalar, scalar], 0), 'axis 0', '[]'],
    [() => concat([square, flags], 0), 'input 1', 'float32', 'bool', '[2, 2]'],
  ],
  slice: [
    [() => slice(square, 2, 0, 1), 'axis 2', '[2, 2]'],
    [() => slice(square, 0, 1, 3), '1…3', 'axis 0', '[2, 2]'],
    [() => slice(square, -1, -1, 1), '-1…1', 'axis 1', '[2, 2]'],
    [() => slice(square, 0, 2, 1), '2…1', '[2, 2]'],
    [() => slice(square, 0, 0.5, 1.5), '0.5…1.5', '[2, 2]'],
    [() => slice(edges, 0, 0, 1), '0…1', 'axis 0', '[edges, 3]'],
  ],
  pad: [
    [() => pad(square, 2, 1, 1), 'axis 2', '[2, 2]'],
    [() => pad(square, 0, -1, 1), 'axis 0', '[2, 2]', '-1 and 1'],
    [() => pad(square, 0, 0.5, 0), '0.5 and 0', '[2, 2]'],
    [() => pad(square, 0, 0.5, 0.5), '0.5 and 0.5', '[2, 2]'],
    [() => pad(edges, 0, 1, 0), 'axis 0', '[edges, 3]'],
    [() => pad(flags, 0, 1, 0), 'input', 'bool', '[2, 2]', 'expected float32'],
  ],
  gather: [
    [() => gather(edges, table), 'index', '[edges, 1]', '1 axes'],
    [() => gather(edges, long), 'index', 'int64', '[edges]', 'expected int32'],
    [() => gather(edges, nodes), 'index', 'float32', '[nodes, 3]', 'expected int32'],
    [() => gather(scalar, rows), 'scalar'],
    [() => gather(nodes, rows, 1), '[nodes, 3]', 'no rows on axis 1', 'behind a fixed size'],
  ],
  scatterAdd: [
    [() => scatterAdd(nodes, rows, 3), '[nodes, 3]', '[edges]'],
    [() => scatterAdd(scalar, rows, 3), 'scalar', '[]'],
    [() => scatterAdd(nodes, rows, 3, 1), '[nodes, 3]', 'no rows on axis 1'],
    [() => scatterAdd(nodes, rows, 3, 2), '[nodes, 3]', 'axis 2 does not exist'],
    [() => scatterAdd(edges, table, 3), 'index', '[edges, 1]', '1 axes'],
    [() => scatterAdd(edges, long, 3), 'index', 'int64', '[edges]', 'expected int32'],
    [() => scatterAdd(rows, rows, 3), 'values', 'int32', '[edges]', 'expected float32'],
    [() => scatterAdd(edges, rows, -1), '[-1, 3]', '[edges, 3]'],
  ],
  scatterMax: [
    [() => scatterMax(nodes, rows, 3), '[nodes, 3]', '[edges]'],
    [() => scatterMax(edges, table, 3), 'index', '[edges, 1]', '1 axes'],
    [() => scatterMax(rows, rows, 3), 'values', 'int32', '[edges]', 'expected float32'],
    [() => scatterMax(edges, rows, -1), '[-1, 3]', '[edges, 3]'],
  ],
  matmul: [
    [() => matmul(edges, square), '[edges, 3]', '[2, 2]', '3 and 2'],
    [() => matmul(edges, edges, { transposeA: true, transposeB: true }), '[edges, 3] transposed', 'edges and 3'],
    [() => matmul(edges, nodes, { transposeA: true }), '[edges, 3] transposed', '[nodes, 3]', 'edges and nodes'],
    [() => matmul(scalar, square), 'first input', '[]', '2 axes'],
    [() => matmul(square, rows), 'second input', 'int32', '[edges]'],
    [() => matmul(square, input('x', [2])), 'second input', '[2]', '2 axes'],
    [() => matmul(square, square, { bias: input('x', [3]) }), 'bias', '[3]', '[2, 2]'],
    [() => matmul(square, square, { bias: input('x', [1, 2, 2]) }), 'bias', '[1, 2, 2]', '[2, 2]'],
    [() => matmul(input('x', [2, 2, 2]), square, { bias: input('y', [2, 2]) }), 'bias', '[2, 2]', '1 axes'],
    [() => matmul(square, square, { bias: flags }), 'bias', 'bool', '[2, 2]'],
  ],
  layerNorm: [
    [() => layerNorm(edges, input('x', [2]), input('y', [3])), 'scale', '[2]', '[edges, 3]'],
    [() => layerNorm(edges, input('x', [3]), input('y', [1, 3])), 'bias', '[1, 3]', '[edges, 3]'],
    [() => layerNorm(scalar, scalar, scalar), 'scale', '[]'],
    [() => layerNorm(transpose(edges), input('x', [3]), input('y', [3])), 'scale', '[3]', '[3, edges]'],
    [() => layerNorm(flags, scalar, scalar), 'input', 'bool', '[2, 2]'],
    [() => layerNorm(edges, input('x', [3], 'int32'), input('y', [3])), 'scale', 'int32', '[3]', 'expected float32'],
    [() => layerNorm(edges, input('x', [3]), input('y', [3], 'bool')), 'bias', 'bool', '[3]', 'expected float32'],
  ],
  addInDouble: [
    [() => addInDouble(edges, nodes, [1, 2, 3]), 'first input', '[edges, 3]', 'expected 1 numbers'],
    [
      () => addInDouble(input('x', ['edges', 1]), edges, [1]),
      'second input',
      '[edges, 3]',
      'expected 1 numbers for each of edges rows',
    ],
    [
      () => addInDouble(input('x', ['edges', 1]), edges, [1, 2, 3], edges),
      'divisor',
      '[edges, 3]',
      'expected 1 numbers',
    ],
    [() => addInDouble(table, edges, [1, 2, 3]), 'first input', 'int32', 'expected float32'],
    [() => addInDouble(input('x', ['edges', 1]), flags, [1]), 'second input', 'bool', 'expected float32'],
  ],
  rowProducts: [
    [() => rowProducts(input('x', [2, 3, 4]), input('y', [3, 2, 4])), '[2, 3, 4]', '[3, 2, 4]', 'rows'],
    [() => rowProducts(input('x', [3]), input('y', [3])), '[3]', 'rows'],
    [
      () => rowProducts(input('x', [1, 2, 3], 'int32'), input('y', [1, 2, 3])),
      'first input',
      'int32',
      'expected float32',
    ],
    [
      () => rowProducts(input('x', [1, 2, 3]), input('y', [1, 2, 3], 'bool')),
      'second input',
      'bool',
      'expected float32',
    ],
  ],
  cross: [
    [() => cross(edges, nodes), '[edges, 3]', '[nodes, 3]', 'first axis'],
    [() => cross(transpose(edges), transpose(nodes)), '[3, edges]', '[3, nodes]'],
    [() => cross(input('x', [3]), transpose(nodes)), '[3]', '[3, nodes]'],
    [() => cross(input('x', [3], 'int32'), input('y', [3])), 'first input', 'int32', '[3]', 'expected float32'],
    [() => cross(input('x', [3]), input('y', [3], 'bool')), 'second input', 'bool', '[3]', 'expected float32'],
  ],
};

test('every op has something that it refuses', () => {
  expect([...Object.keys(mistakes), ...always].sort()).toEqual(Object.keys(opTable).sort());
});

describe.each(Object.entries(mistakes))('%s', (name, list) => {
  test.each(list.map(([act, ...says]) => [says.join(' '), act, says] as const))('%s', (_, act, says) => {
    const { message } = caught(act);
    expect(message).toMatch(new RegExp(`^${name}: [^\\n]+$`));
    for (const part of says) expect(message).toContain(part);
  });
});

function caught(act: () => Tensor): ShapeError {
  try {
    act();
  } catch (error) {
    if (error instanceof ShapeError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('functions made of several ops name the op that fails', () => {
  expect(() => mean(square, [2])).toThrow('sum: axis 2 does not exist in shape [2, 2]');
});

test('stopGradient and cast take any dtype', () => {
  for (const x of [edges, rows, flags, long] as Input[]) {
    expect(stopGradient(x)).toMatchObject({ shape: x.shape, dtype: x.dtype });
    expect(cast(x, 'float32')).toMatchObject({ shape: x.shape, dtype: 'float32' });
  }
});
