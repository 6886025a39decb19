import { describe, expect, test } from 'vitest';
import {
  add,
  div,
  expand,
  gradient,
  type Input,
  input,
  maximum,
  mul,
  pad,
  type Shape,
  silu,
  sin,
  slice,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
} from '../../src/tensor/index.js';
import { opTable } from '../../src/tensor/table.js';
import { apply } from '../../src/tensor/tensor.js';
import { expectClose, expectProgramMatches, numericalGradient } from '../support/numeric.js';
import { nodeTypes } from '../support/onnx-nodes.js';
import { feed, positive, sampleData, usual } from '../support/op-case.js';
import { evaluate } from '../support/reference.js';

describe('the gradient of slices', () => {
  type Cut = readonly [axis: number, start: number, end: number];
  const functions = [sin, silu, tanh];
  const x = feed('x', [5, 4]);
  const data = sampleData([x], usual);

  /** A loss that uses each cut of x in its own way, and the gradient of x. */
  function cutUp(cuts: readonly Cut[]): { loss: Tensor; slope: Tensor } {
    const parts = cuts.map(([axis, start, end], k) => sum(functions[k % 3](slice(x.tensor, axis, start, end))));
    const loss = parts.reduce((a, b) => add(a, b));
    return { loss, slope: gradient(loss, [x.tensor])[0] };
  }

  /** What every cut contributes, padded to the shape of x and added up: no use is made of how the cuts lie. */
  function paddedSum(cuts: readonly Cut[]): number[] {
    const terms = cuts.map(([axis, start, end], k) => {
      const part = input('part', axis === 0 ? [end - start, 4] : [5, end - start]);
      const [values] = evaluate([slice(x.tensor, axis, start, end)], data);
      const slope = gradient(sum(functions[k % 3](part)), [part])[0];
      const padded = pad(slope, axis, start, Number(x.tensor.shape[axis]) - end);
      return evaluate([padded], { part: values.data })[0].data;
    });
    return terms.reduce<number[]>((total, term) => total.map((value, k) => value + term[k]), Array(20).fill(0));
  }

  const tilings: readonly (readonly [string, readonly Cut[]])[] = [
    [
      'two parts',
      [
        [0, 0, 2],
        [0, 2, 5],
      ],
    ],
    [
      'three parts, in another order',
      [
        [0, 3, 5],
        [0, 0, 1],
        [0, 1, 3],
      ],
    ],
    [
      'along the last axis',
      [
        [1, 0, 1],
        [1, 1, 4],
      ],
    ],
  ];
  const others: readonly (readonly [string, readonly Cut[]])[] = [
    [
      'overlapping',
      [
        [0, 0, 3],
        [0, 2, 5],
      ],
    ],
    [
      'a gap in between',
      [
        [0, 0, 2],
        [0, 3, 5],
      ],
    ],
    [
      'a gap at the start',
      [
        [0, 1, 3],
        [0, 3, 5],
      ],
    ],
    [
      'an overlap as long as a gap',
      [
        [0, 0, 3],
        [0, 2, 4],
      ],
    ],
    [
      'a gap as long as an overlap',
      [
        [0, 1, 4],
        [0, 3, 5],
      ],
    ],
    [
      'a gap at the end',
      [
        [0, 0, 2],
        [0, 2, 4],
      ],
    ],
    [
      'the same part twice',
      [
        [0, 0, 5],
        [0, 1, 3],
        [0, 1, 3],
      ],
    ],
    [
      'different axes',
      [
        [0, 0, 2],
        [1, 2, 4],
      ],
    ],
    [
      'an empty part',
      [
        [0, 2, 5],
        [0, 0, 0],
        [0, 0, 2],
      ],
    ],
    ['one part', [[1, 1, 3]]],
    ['everything', [[1, 0, 4]]],
  ];

  test.each([...tilings, ...others])('%s: equals central differences, and padding and adding', async (_, cuts) => {
    const { loss, slope } = cutUp(cuts);
    const [{ data: values }] = evaluate([slope], data);
    expectClose(values, numericalGradient(loss, data, usual, 'x'), 1e-8);
    expectClose(values, paddedSum(cuts), 1e-12);
    await expectProgramMatches({ slope }, data);
  });

  test.each(tilings)('%s: is joined, not padded and added', (_, cuts) => {
    const { slope } = cutUp(cuts);
    expect(slope.op).toBe(opTable.concat);
    expect(nodeTypes({ slope })).not.toContain('Pad');
  });
});

describe('transposes', () => {
  const x = input('x', [2, 3, 4]);
  const data = sampleData([feed('x', [2, 3, 4])], usual);
  const permutations = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];

  test('two that undo each other vanish', () => {
    expect(transpose(transpose(x))).toBe(x);
    expect(transpose(transpose(x, [1, 2, 0]), [2, 0, 1])).toBe(x);
  });

  test.each(permutations.flatMap((p) => permutations.map((q) => [p, q] as const)))('%s then %s become one', (p, q) => {
    const both = transpose(transpose(x, p), q);
    const plain = apply(opTable.transpose, [apply(opTable.transpose, [x], { permutation: p })], { permutation: q });
    expect(nodeTypes({ both }).length).toBeLessThan(2);
    expect(evaluate([both], data)).toEqual(evaluate([plain], data));
  });
});

describe('what was expanded for an op that broadcasts', () => {
  const ops = { add, sub, mul, div, maximum };
  const shapes: readonly (readonly [Shape, Shape, Shape])[] = [
    [[], [2, 3], [2, 3]],
    [
      [3, 1],
      [3, 'edges'],
      [3, 'edges'],
    ],
    [
      [1, 'edges'],
      [3, 'edges'],
      [3, 1],
    ],
    [[4], [3, 4], [3, 4]],
  ];
  const cases = Object.keys(ops).flatMap((name) => shapes.map((s) => [name as keyof typeof ops, ...s] as const));

  /** The op on an expanded first input; its value and gradients. */
  function results(op: (a: Tensor, b: Tensor) => Tensor, x: Input, full: Shape, y: Input): Tensor[] {
    const value = op(expand(x, full), y);
    return [value, ...gradient(sum(sin(value)), [x, y])];
  }

  test.each(cases)('%s: %s expanded to %s with %s gives the same numbers', (name, small, full, other) => {
    const feeds = [feed('x', small), feed('y', other, positive)];
    const [x, y] = feeds.map(({ tensor }) => tensor);
    const data = sampleData(feeds, usual);
    const short = evaluate(results(ops[name], x, full, y), data, usual);
    const long = evaluate(
      results((a, b) => apply(opTable[name], [a, b], {}), x, full, y),
      data,
      usual,
    );
    for (const [k, { shape, data: values }] of short.entries()) {
      expect(shape).toEqual(long[k].shape);
      expectClose(values, long[k].data, 1e-13);
    }
  });

  test('is not expanded', () => {
    const [x, y] = [input('x', [3, 1]), input('y', [3, 'edges'])];
    expect(nodeTypes({ sum: add(expand(x, [3, 'edges']), y) })).toEqual(['Add']);
    expect(nodeTypes({ sum: add(y, expand(x, [3, 'edges'])) })).toEqual(['Add']);
  });

  test('stays expanded where nothing else has the full shape', () => {
    const [x, y] = [input('x', [3, 1]), input('y', [3, 1])];
    const both = add(expand(x, [3, 4]), expand(y, [3, 4]));
    expect(both.shape).toEqual([3, 4]);
    expect(nodeTypes({ both })).toEqual(['Expand', 'Add']);
  });
});
