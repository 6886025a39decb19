import {
  concat,
  expand,
  max,
  pad,
  reshape,
  type Shape,
  size,
  slice,
  sum,
  type Tensor,
  transpose,
} from '../../src/tensor/index.js';
import type { layoutOps } from '../../src/tensor/layout.js';
import type { ReductionOptions, reductionOps } from '../../src/tensor/reduction.js';
import {
  distinct,
  feed,
  noEdges,
  normal,
  nothing,
  type OpCase,
  opCase,
  type Sampler,
  single,
  usual,
} from './op-case.js';
import type { Sizes } from './reference.js';

type Reduce = (x: Tensor, axes?: readonly number[], options?: ReductionOptions) => Tensor;

const reductions = (f: Reduce, sample: Sampler): OpCase[] => {
  const one = (shape: Shape, axes: readonly number[] | undefined, keepDims: boolean, sizes: Sizes = usual): OpCase =>
    opCase([feed('x', shape, sample)], (x) => f(x, axes, { keepDims }), sizes);
  return [
    one([5], undefined, false),
    one([5], [0], true),
    one([2, 3], [0], false),
    one([2, 3], [-1], true),
    one([2, 3, 4], [2, 0], false),
    one([2, 3, 4], [1], true),
    one([1, 3], [0], false),
    one(['edges', 3], undefined, false),
    one(['edges', 3], [0], true),
    one([3, 'edges', 2], [0, 2], false),
    one(['edges', 3], [1], false, nothing),
    one(['edges', 3], [0], false, single),
    one(['edges', 3, 2], [0], false),
    one([3, 'edges', 2], [0], false),
    one([3, 'edges', 2], [0], true),
    one([3, 'edges', 2], [0], false, noEdges),
    one([3, 'edges', 2], [0, 1], false),
    one(['edges', 'nodes', 2], [0], false),
    one(['edges', 3, 2], [1], false),
    one(['edges', 3, 2], [1], true),
    one(['edges', 3, 2], [1], false, noEdges),
    one(['edges', 3, 'nodes', 2], [1], false),
    one(['edges', 1, 2], [1], false),
  ];
};

const x = (shape: Shape, f: (x: Tensor) => Tensor, sizes: Sizes = usual): OpCase =>
  opCase([feed('x', shape)], f, sizes);

const join = (axis: number, shapes: readonly Shape[], sizes: Sizes = usual): OpCase =>
  opCase(
    shapes.map((shape, k) => feed(`x${k}`, shape)),
    (...inputs) => concat(inputs, axis),
    sizes,
  );

/** The size of an expanded axis comes from another input, which therefore has to take part. */
const alongEdges = (shape: Shape, sizes: Sizes = usual): OpCase =>
  opCase([feed('x', shape), feed('y', [2, 'edges'])], (t, y) => concat([expand(t, [1, 'edges']), y], 0), sizes);

export const layoutCases = {
  sum: [
    ...reductions(sum, normal),
    x(['edges', 3], (t) => sum(t), nothing),
    x([3, 'edges'], (t) => sum(t, [1], { keepDims: true }), noEdges),
    x(['edges', 3, 2], (t) => sum(t, [0], { keepDims: true }), noEdges),
  ],
  max: reductions(max, distinct),
  size: [
    x([], (t) => size(t)),
    x([2, 3], (t) => size(t)),
    x([2, 3], (t) => size(t, [-1])),
    x(['edges', 3], (t) => size(t)),
    x(['edges', 'nodes'], (t) => size(t)),
    x(['edges', 3], (t) => size(t, [0])),
    x(['edges', 3], (t) => size(t), nothing),
    x(['edges', 3], (t) => size(t, [])),
  ],
  reshape: [
    x([], (t) => reshape(t, [1, 1])),
    x([1], (t) => reshape(t, [])),
    x([6], (t) => reshape(t, [2, 3])),
    x([2, 3, 4], (t) => reshape(t, [4, 6])),
    x(['edges', 6], (t) => reshape(t, ['edges', 2, 3])),
    x(['edges', 6], (t) => reshape(t, [2, 'edges', 3])),
    x(['edges', 'nodes', 2], (t) => reshape(t, ['edges', 2, 'nodes'])),
    x(['edges', 'nodes'], (t) => reshape(t, ['nodes', 'edges'])),
    x(['edges', 4], (t) => reshape(t, [4, 'edges']), single),
    x([3, 'edges'], (t) => reshape(t, ['edges', 3]), noEdges),
    x(['edges', 'nodes', 2], (t) => reshape(t, ['edges', 2, 'nodes']), noEdges),
    x(['edges', 'nodes'], (t) => reshape(t, ['nodes', 'edges']), noEdges),
    x([0, 4], (t) => reshape(t, [4, 0])),
  ],
  transpose: [
    x([5], (t) => transpose(t)),
    x([2, 3], (t) => transpose(t)),
    x([2, 3, 4], (t) => transpose(t)),
    x([2, 3, 4], (t) => transpose(t, [1, 2, 0])),
    x([2, 3, 4], (t) => transpose(t, [2, 0, 1])),
    x([3, 'edges', 2], (t) => transpose(t, [1, 0, 2])),
    x(['edges', 3], (t) => transpose(t), nothing),
  ],
  expand: [
    x([], (t) => expand(t, [2, 3])),
    x([3], (t) => expand(t, [2, 3])),
    x([2, 1], (t) => expand(t, [2, 3])),
    x([1, 3, 1], (t) => expand(t, [2, 3, 4])),
    x([1, 'nodes'], (t) => expand(t, [3, 'nodes'])),
    x(['nodes'], (t) => expand(t, [2, 'nodes']), nothing),
    alongEdges([]),
    alongEdges([1, 1]),
    alongEdges([1], noEdges),
  ],
  concat: [
    join(0, [[2], [3]]),
    join(0, [
      [1, 3],
      [2, 3],
      [4, 3],
    ]),
    join(-1, [
      [2, 3],
      [2, 1],
    ]),
    join(1, [
      ['edges', 2],
      ['edges', 1],
      ['edges', 3],
    ]),
    join(
      0,
      [
        [2, 'edges'],
        [1, 'edges'],
      ],
      noEdges,
    ),
  ],
  slice: [
    x([5], (t) => slice(t, 0, 1, 4)),
    x([5], (t) => slice(t, 0, 0, 3)),
    x([5], (t) => slice(t, 0, 2, 2)),
    x([2, 5], (t) => slice(t, -1, 3, 5)),
    x([4, 'edges', 2], (t) => slice(t, 0, 1, 2)),
    x(['edges', 4], (t) => slice(t, 1, 0, 2), nothing),
  ],
  pad: [
    x([3], (t) => pad(t, 0, 1, 2)),
    x([2, 3], (t) => pad(t, -1, 0, 2)),
    x([2, 3], (t) => pad(t, 0, 3, 0)),
    x([2, 'edges', 2], (t) => pad(t, 2, 1, 1)),
    x(['edges', 2], (t) => pad(t, 1, 1, 1), nothing),
  ],
} satisfies Record<keyof (typeof layoutOps & typeof reductionOps), readonly OpCase[]>;
