import type { contractionOps } from '../../src/tensor/contraction.js';
import {
  addInDouble,
  cross,
  type Dim,
  exp,
  gather,
  layerNorm,
  matmul,
  rowProducts,
  type Shape,
  scatterAdd,
  scatterMax,
} from '../../src/tensor/index.js';
import type { indexingOps } from '../../src/tensor/indexing.js';
import type { normalizationOps } from '../../src/tensor/normalization.js';
import type { vectorOps } from '../../src/tensor/vectors.js';
import { below, distinct, feed, noEdges, nothing, type OpCase, opCase, positive, single, usual } from './op-case.js';
import type { Sizes } from './reference.js';

const product = (a: Shape, b: Shape, transposeA = false, transposeB = false, sizes: Sizes = usual): OpCase =>
  opCase([feed('a', a), feed('b', b)], (x, y) => matmul(x, y, { transposeA, transposeB }), sizes);

const biased = (a: Shape, b: Shape, bias: Shape, sizes: Sizes = usual): OpCase =>
  opCase([feed('a', a), feed('b', b), feed('bias', bias)], (x, y, z) => matmul(x, y, { bias: z }), sizes);

const stacks = (a: Shape, b: Shape, sizes: Sizes = usual): OpCase =>
  opCase([feed('a', a), feed('b', b)], rowProducts, sizes);

const rows = (shape: Shape, limit: number, sizes: Sizes = usual, axis?: number): OpCase =>
  opCase([feed('x', shape), feed('index', ['edges'], below(limit), 'int32')], (x, i) => gather(x, i, axis), sizes);

const scattered = (shape: Shape, target: Dim, limit: number, sizes: Sizes = usual, axis?: number): OpCase =>
  opCase(
    [feed('x', shape), feed('index', ['edges'], below(limit), 'int32')],
    (x, i) => scatterAdd(x, i, target, axis),
    sizes,
  );

/** The named number of rows comes from another input, which therefore has to take part. */
const ontoNodes = (sizes: Sizes): OpCase =>
  opCase(
    [feed('x', ['edges', 2]), feed('index', ['edges'], below(sizes.nodes || 1), 'int32'), feed('w', ['nodes', 3])],
    (x, index, w) => matmul(scatterAdd(x, index, 'nodes'), w, { transposeA: true }),
    sizes,
  );

/** The exponential of the largest values: 0 where none comes to a row. */
const largest = (shape: Shape, target: Dim, limit: number, sizes: Sizes = usual): OpCase =>
  opCase(
    [feed('x', shape, distinct), feed('index', ['edges'], below(limit), 'int32')],
    (x, i) => exp(scatterMax(x, i, target)),
    sizes,
  );

const normalized = (shape: Shape, width: number, epsilon?: number, sizes: Sizes = usual): OpCase =>
  opCase(
    [feed('x', shape), feed('scale', [width], positive), feed('bias', [width])],
    (x, scale, bias) => layerNorm(x, scale, bias, epsilon),
    sizes,
  );

const vectors = (a: Shape, b: Shape, sizes: Sizes = usual): OpCase =>
  opCase([feed('a', a), feed('b', b)], cross, sizes);

export const contractionCases = {
  matmul: [
    product([2, 3], [3, 4]),
    product([3, 2], [3, 4], true),
    product([2, 3], [4, 3], false, true),
    product([3, 2], [4, 3], true, true),
    product([1, 1], [1, 1]),
    product(['edges', 3], [3, 2]),
    product([3, 'edges'], [2, 3], true, true),
    product(['edges', 3], ['edges', 2], true),
    product(['edges', 3], [3, 2], false, false, nothing),
    product(['edges', 3], ['edges', 2], true, false, single),
    product(['edges', 3], ['edges', 2], true, false, noEdges),
    biased([2, 3], [3, 4], [4]),
    biased([2, 3], [3, 4], [1, 4]),
    biased([2, 3], [3, 4], [2, 1]),
    biased([2, 3], [3, 4], []),
    biased([2, 3], [3, 4], [1]),
    biased([2, 3], [3, 4], [2, 4]),
    biased(['edges', 3], [3, 4], ['edges', 1]),
    biased([4, 3], [3, 'edges'], [4, 1]),
    biased(['edges', 3], [3, 4], [4], noEdges),
    biased([2, 'edges'], ['edges', 4], [4], noEdges),
    opCase([feed('a', [3, 3])], (a) => matmul(a, a, { transposeB: true })),
    product([2, 3, 4], [4, 2]),
    product(['edges', 3, 2], [2, 4]),
    product(['edges', 3, 2], [4, 2], false, true),
    product(['nodes', 'edges', 2], [2, 3]),
    product(['edges', 3, 2], [2, 4], false, false, noEdges),
    product([3, 2], [4, 2], false, true, nothing),
    biased(['edges', 3, 2], [2, 4], [4]),
  ],
  rowProducts: [
    stacks([2, 3, 4], [2, 3, 2]),
    stacks(['edges', 3, 2], ['edges', 3, 4]),
    stacks(['edges', 3, 2], ['edges', 3, 4], single),
    stacks(['edges', 3, 2], ['edges', 3, 4], noEdges),
  ],
  addInDouble: [usual, single, noEdges].flatMap((sizes) => {
    const feeds = [feed('x', ['edges', 1]), feed('n', ['edges', 3])];
    return [
      opCase(feeds, (x, n) => addInDouble(x, n, [-1000.123, 0, 7]), sizes),
      opCase([...feeds, feed('d', ['edges', 1], positive)], (x, n, d) => addInDouble(x, n, [7, -1, 0], d), sizes),
    ];
  }),
  gather: [
    rows([4], 4),
    rows(['nodes', 3], 4),
    rows(['nodes', 2, 3], 4),
    rows(['nodes', 3], 2),
    rows(['nodes', 3], 4, noEdges),
    rows(['nodes', 3], 1, nothing),
    rows(['nodes', 3], 1, single),
    rows([3, 'nodes'], 4, usual, 1),
    rows([3, 'nodes', 2], 4, usual, -2),
    rows([3, 'nodes', 2], 1, single, 1),
    rows([3, 'nodes', 2], 4, noEdges, 1),
    opCase([feed('x', ['nodes'], below(9), 'int32'), feed('index', ['edges'], below(4), 'int32')], (x, index) =>
      gather(x, index),
    ),
  ],
  scatterAdd: [
    scattered(['edges'], 5, 5),
    scattered(['edges', 3], 4, 4),
    scattered(['edges', 3], 4, 2),
    scattered(['edges', 2, 3], 4, 4),
    scattered(['edges', 3], 4, 4, noEdges),
    scattered(['edges', 3], 0, 1, noEdges),
    scattered(['edges', 2], 'edges', 6),
    scattered([3, 'edges'], 4, 4, usual, 1),
    scattered([3, 'edges', 2], 4, 3, usual, -2),
    scattered([3, 'edges', 2], 'edges', 1, single, 1),
    scattered([3, 'edges', 2], 4, 4, noEdges, 1),
    ontoNodes(usual),
    ontoNodes(noEdges),
    ontoNodes(nothing),
    ontoNodes(single),
  ],
  scatterMax: [
    opCase(
      [feed('x', ['edges', 2], distinct), feed('index', ['edges'], (_, position) => position % 3, 'int32')],
      (x, index) => scatterMax(x, index, 3),
    ),
    largest(['edges'], 5, 5),
    largest(['edges', 3], 4, 4),
    largest(['edges', 3], 4, 2),
    largest(['edges', 2, 3], 4, 4),
    largest(['edges', 3], 4, 4, noEdges),
    largest(['edges', 3], 0, 1, noEdges),
    largest(['edges', 2], 'edges', 6),
    largest(['edges', 2], 'edges', 1, single),
  ],
  layerNorm: [
    normalized([4], 4),
    normalized([3, 4], 4),
    normalized([2, 3, 5], 5),
    normalized(['edges', 4], 4),
    normalized(['edges', 4], 4, 0.1),
    normalized(['edges', 4], 4, 1e-5, nothing),
  ],
  cross: [
    vectors([3], [3]),
    vectors([3, 'edges'], [3, 'edges']),
    vectors([3, 'edges'], [3, 1]),
    vectors([3, 1, 2], [3, 'edges', 1]),
    vectors([3, 'edges'], [3, 'edges'], noEdges),
    opCase([feed('a', [3, 2]), feed('b', [3, 2])], (a, b) => cross(cross(a, b), a)),
  ],
} satisfies Record<
  keyof (typeof contractionOps & typeof indexingOps & typeof normalizationOps & typeof vectorOps),
  readonly OpCase[]
>;
