import type { elementwiseOps } from '../../src/tensor/elementwise.js';
import {
  abs,
  add,
  cast,
  clamp,
  cos,
  div,
  exp,
  less,
  log,
  maximum,
  minimum,
  mul,
  neg,
  type Shape,
  sigmoid,
  sign,
  silu,
  sin,
  softplus,
  sqrt,
  stopGradient,
  sub,
  type Tensor,
  tanh,
  where,
} from '../../src/tensor/index.js';
import {
  awayFromZero,
  feed,
  grid,
  noEdges,
  normal,
  nothing,
  type OpCase,
  opCase,
  positive,
  type Sampler,
  single,
  usual,
} from './op-case.js';
import type { Sizes } from './reference.js';

const shapes: readonly (readonly [Shape, Sizes])[] = [
  [[], usual],
  [[1], usual],
  [[5], usual],
  [[2, 1, 3], usual],
  [['edges', 4], usual],
  [['edges', 4], nothing],
  [['edges', 4], single],
  [[3, 'nodes', 2], usual],
];

const unary = (f: (x: Tensor) => Tensor, sample: Sampler = normal): OpCase[] =>
  shapes.map(([shape, sizes]) => opCase([feed('x', shape, sample)], f, sizes));

const pairs: readonly (readonly [Shape, Shape, Sizes])[] = [
  [[], [], usual],
  [[4], [4], usual],
  [[], [2, 3], usual],
  [[2, 3], [], usual],
  [[3, 4], [4], usual],
  [[3, 4], [3, 1], usual],
  [[1, 4], [3, 1], usual],
  [[1, 1], [4], usual],
  [[1, 'edges'], [3, 'edges'], usual],
  [[3, 'edges'], [3, 1], usual],
  [['edges', 2, 3], [2, 1], usual],
  [['edges', 1], [1, 'nodes'], usual],
  [['edges', 4], [4], nothing],
  [['edges', 1], [1, 'nodes'], single],
  [[1, 'edges'], [3, 1], noEdges],
];

const binary = (f: (a: Tensor, b: Tensor) => Tensor, a: Sampler = normal, b: Sampler = normal): OpCase[] =>
  pairs.map(([left, right, sizes]) => opCase([feed('a', left, a), feed('b', right, b)], f, sizes));

const oneOrZero: Sampler = (rng) => rng.integer(2);

const choice = (condition: Shape, a: Shape, b: Shape, sizes: Sizes = usual): OpCase =>
  opCase([feed('condition', condition, oneOrZero, 'bool'), feed('a', a), feed('b', b)], where, sizes);

const wide: Sampler = (rng) => 20 * rng.normal();

export const elementwiseCases = {
  neg: unary(neg),
  exp: unary(exp),
  log: unary(log, positive),
  sqrt: unary(sqrt, positive),
  sin: unary(sin),
  cos: unary(cos),
  tanh: unary(tanh),
  sigmoid: [...unary(sigmoid), opCase([feed('x', [12], wide)], sigmoid)],
  softplus: [...unary(softplus), opCase([feed('x', [12], wide)], softplus)],
  abs: unary(abs, awayFromZero),
  sign: unary(sign, awayFromZero),
  silu: [...unary(silu), opCase([feed('x', [12], wide)], silu)],
  add: binary(add),
  sub: binary(sub),
  mul: [...binary(mul), opCase([feed('x', [3, 2])], (x) => mul(x, x))],
  div: binary(div, normal, awayFromZero),
  maximum: binary(maximum, grid(0), grid(0.1)),
  minimum: binary(minimum, grid(0), grid(0.1)),
  less: binary(less, grid(0), grid(0.1)),
  clamp: [...unary((x) => clamp(x, -0.5, 0.7), grid(0)), opCase([feed('x', [12], wide)], (x) => clamp(x, -1, 2))],
  where: [
    choice([], [], []),
    choice([2, 3], [2, 3], [2, 3]),
    choice([3], [2, 1], []),
    choice([3, 1], [], [1, 4]),
    choice(['edges', 1], ['edges', 3], [3]),
    choice([1, 'edges'], [3, 'edges'], [1, 'edges'], noEdges),
  ],
  stopGradient: unary(stopGradient),
  cast: [
    ...shapes.map(([shape, sizes]) => opCase([feed('x', shape, wide)], (x) => cast(x, 'int32'), sizes)),
    opCase([feed('x', [6], wide)], (x) => cast(x, 'int64')),
    opCase([feed('x', ['edges'], (rng) => rng.integer(9), 'int32')], (x) => cast(x, 'float32')),
    opCase([feed('x', [5], oneOrZero, 'bool')], (x) => cast(x, 'float32')),
  ],
} satisfies Record<keyof typeof elementwiseOps, readonly OpCase[]>;
