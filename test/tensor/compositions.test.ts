import { describe, expect, test } from 'vitest';
import {
  add,
  clamp,
  concat,
  constant,
  cross,
  div,
  dot,
  exp,
  gather,
  gradient,
  type Input,
  input,
  layerNorm,
  matmul,
  mean,
  meanSquare,
  mul,
  reshape,
  safeSqrt,
  scatterAdd,
  silu,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from '../../src/tensor/index.js';
import { expectClose, expectProgramMatches, numericalGradient, runTensors } from '../support/numeric.js';
import { below, feed, positive, randomWeights, sampleData, usual } from '../support/op-case.js';
import { evaluate } from '../support/reference.js';

describe('functions made of several ops, against closed forms', () => {
  const x = input('x', [2, 3]);
  const data = { x: [1, -2, 3, 0.5, 4, -6] };
  const value = async (y: Tensor): Promise<number[]> => (await runTensors({ y }, data)).y;

  test('mean', async () => {
    expectClose(await value(mean(x)), [0.5 / 6], 1e-6);
    expectClose(await value(mean(x, [0])), [0.75, 1, -1.5], 1e-6);
    expectClose(await value(mean(x, [-1], { keepDims: true })), [2 / 3, -0.5], 1e-6);
    expect(mean(x, [-1], { keepDims: true }).shape).toEqual([2, 1]);
    expectClose(await value(mean(mean(x))), [0.5 / 6], 1e-6);
  });

  test('mean over a named axis divides by its length', async () => {
    const y = mean(input('x', ['nodes', 2]), [0]);
    const run = async (list: number[]): Promise<number[]> =>
      (await runTensors({ y }, { x: list }, { nodes: list.length / 2 })).y;
    expect(await run([1, 2, 3, 4])).toEqual([2, 3]);
    expect(await run([1, 2, 3, 4, 8, 0])).toEqual([4, 2]);
  });

  test('square, meanSquare, clamp', async () => {
    expectClose(await value(square(x)), [1, 4, 9, 0.25, 16, 36], 1e-6);
    expectClose(await value(meanSquare(x)), [66.25 / 6], 1e-6);
    expect(await value(clamp(x, -1, 2))).toEqual([1, -1, 2, 0.5, 2, -1]);
    const [slope] = gradient(sum(clamp(x, -1, 2)), [x]);
    expect(await value(slope)).toEqual([1, 0, 0, 1, 0, 0]);
  });

  test('dot of vectors stored by coordinate', async () => {
    const [a, b] = [input('a', [3, 2]), input('b', [3, 1])];
    const product = dot(a, b);
    expect(product.shape).toEqual([1, 2]);
    const { y } = await runTensors({ y: product }, { a: [1, 2, 3, 4, 5, 6], b: [1, 10, 100] });
    expect(y).toEqual([531, 642]);
  });
});

describe('safeSqrt', () => {
  const x = input('x', [5]);
  const data = { x: [-4, 0, 1e-30, 0.25, 9] };
  const [slope] = gradient(sum(safeSqrt(x)), [x]);
  const [second] = gradient(sum(slope), [x]);

  test('is the root above 0, and 0 elsewhere', async () => {
    const { y } = await runTensors({ y: safeSqrt(x) }, data);
    expectClose(y, [0, 0, 1e-15, 0.5, 3], 1e-6);
    expect(y.slice(0, 2)).toEqual([0, 0]);
    expect(y[2] / 1e-15).toBeCloseTo(1, 5);
  });

  test('has finite slopes everywhere, exact above 0', async () => {
    const results = await runTensors({ slope, second }, { x: [-4, 0, 0.04, 0.25, 9] });
    expectClose(results.slope, [0, 0, 2.5, 1, 1 / 6], 1e-6);
    expectClose(results.second, [0, 0, -0.25 / 0.008, -2, -0.25 / 27], 1e-6);
  });

  test('gives no NaN to what it is made from', async () => {
    const length = safeSqrt(sum(mul(x, x)));
    const [direction] = gradient(length, [x]);
    expect((await runTensors({ direction }, { x: [0, 0, 0, 0, 0] })).direction).toEqual([0, 0, 0, 0, 0]);
    expectClose((await runTensors({ direction }, { x: [0, 3, 0, -4, 0] })).direction, [0, 0.6, 0, -0.8, 0], 1e-6);
  });
});

describe('a network in small, of most ops that a model uses', () => {
  const feeds = [
    feed('x', ['nodes', 4]),
    feed('positions', [3, 'nodes']),
    feed('weight', [4, 3]),
    feed('bias', [3]),
    feed('scale', [3], positive),
    feed('shift', [3]),
    feed('turn', [3, 3]),
    feed('senders', ['edges'], below(4), 'int32'),
    feed('receivers', ['edges'], below(4), 'int32'),
  ];
  const inputs = feeds.map(({ tensor }) => tensor);
  const data = sampleData(feeds, usual);
  const leaves = inputs.filter(({ dtype }) => dtype === 'float32');

  function network([x, positions, weight, bias, scale, shift, turn, senders, receivers]: readonly Input[]): Tensor {
    const messages = gather(silu(matmul(x, weight, { bias })), senders); // [edges, 3]
    const sums = scatterAdd(layerNorm(messages, scale, shift, 0.1), receivers, 'nodes'); // [nodes, 3]
    const moved = add(positions, matmul(turn, sums, { transposeB: true })); // [3, nodes]
    const turned = cross(positions, moved);
    const length = sqrt(add(dot(turned, turned), 1)); // [1, nodes]
    const unit = div(turned, length);
    const all = concat([unit, sub(moved, 1), reshape(length, [1, 'nodes'])], 0); // [7, nodes]
    return mean(mul(all, all));
  }

  const loss = network(inputs);
  const slopes = gradient(loss, leaves);

  test('the gradient equals central differences', async () => {
    for (const [k, { data: values }] of evaluate(slopes, data, usual).entries()) {
      expectClose(values, numericalGradient(loss, data, usual, leaves[k].attributes.name), 1e-8);
    }
    const named = Object.fromEntries(slopes.map((slope, k) => [`slope${k}`, slope]));
    await expectProgramMatches({ loss, ...named }, data, usual);
  });

  test('the gradient of (gradient · vector) equals central differences of the gradient', async () => {
    const directions = slopes.map((slope, k) => randomWeights(slope, usual, `direction${k}`));
    const along = slopes.map((slope, k) => sum(mul(slope, directions[k].weights))).reduce((a, b) => add(a, b));
    const all = Object.assign({}, data, ...directions.map((direction) => direction.data));
    const curvature = gradient(along, leaves);
    for (const [k, { data: values }] of evaluate(curvature, all, usual).entries()) {
      expectClose(values, numericalGradient(along, all, usual, leaves[k].attributes.name), 1e-8);
    }
    const named = Object.fromEntries(curvature.map((slope, k) => [`curvature${k}`, slope]));
    await expectProgramMatches({ along, ...named }, all, usual, 3e-5);
  });

  test('no edges', async () => {
    const sizes = { ...usual, edges: 0 };
    const named = Object.fromEntries(slopes.map((slope, k) => [`slope${k}`, slope]));
    await expectProgramMatches({ loss, ...named }, sampleData(feeds, sizes), sizes);
  });
});

describe('learning from forces: the gradient of a gradient of messages', () => {
  const feeds = [
    feed('x', ['nodes', 3]),
    feed('species', ['nodes', 4]),
    feed('radial', [4, 5]),
    feed('axes', [4, 4]),
    feed('readout', [4, 1]),
    feed('forces', ['nodes', 3]),
    feed('senders', ['edges'], (_, position) => position % 4, 'int32'),
    feed('receivers', ['edges'], (_, position) => (position + 1 + Math.floor(position / 4)) % 4, 'int32'),
  ];
  const data = sampleData(feeds, usual);
  const [x, species, radial, axes, readout, target, senders, receivers] = feeds.map(({ tensor }) => tensor);
  const weights = [radial, axes, readout];

  /** Of messages that pass vectors [3, n, k], their products and their hands. */
  function energy(): Tensor {
    const way = sub(gather(x, senders), gather(x, receivers)); // [edges, 3]
    const length = sqrt(add(sum(square(way), [1], { keepDims: true }), 0.1)); // [edges, 1]
    const basis = exp(mul(length, constant([-1, -0.8, -0.6, -0.4, -0.2], [1, 5])));
    const gates = mul(silu(gather(species, senders)), matmul(basis, radial, { transposeB: true })); // [edges, 4]
    const directions = reshape(transpose(div(way, length)), [3, 'edges', 1]);
    const vectors = scatterAdd(mul(gates, directions), receivers, 'nodes', 1); // [3, nodes, 4]
    const carried = mul(gates, gather(matmul(vectors, axes), senders, 1)); // [3, edges, 4]
    const hands = sum(mul(cross(carried, directions), gather(vectors, receivers, 1)), [0]); // [edges, 4]
    const scalars = add(scatterAdd(square(hands), receivers, 'nodes'), sum(square(vectors), [0])); // [nodes, 4]
    return sum(matmul(silu(scalars), readout));
  }

  const total = energy();
  const [slope] = gradient(total, [x]);
  const loss = add(sum(square(add(slope, target))), square(total));
  const slopes = gradient(loss, weights);
  const named = Object.fromEntries(slopes.map((weight, k) => [`slope${k}`, weight]));

  test('forces are central differences of the energy', () => {
    expectClose(evaluate([slope], data, usual)[0].data, numericalGradient(total, data, usual, 'x'), 1e-8);
  });

  test('slopes of the loss by the weights are central differences of the loss', async () => {
    for (const [k, { data: values }] of evaluate(slopes, data, usual).entries())
      expectClose(values, numericalGradient(loss, data, usual, weights[k].attributes.name), 1e-7);
    await expectProgramMatches({ loss, ...named }, data, usual, 3e-5);
  });

  test('no edges: no forces', async () => {
    const sizes = { ...usual, edges: 0 };
    await expectProgramMatches({ loss, slope, ...named }, sampleData(feeds, sizes), sizes);
  });
});
