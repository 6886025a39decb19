import { describe, expect, test } from 'vitest';
import { inverseDegree } from '../../src/graphs/graph-tensors.js';
import {
  completeGraphs,
  createGraph,
  edgeFrame,
  type Graph,
  graphFeeds,
  graphInputs,
  graphMean,
  graphSizes,
  meanToReceivers,
  nodeFrame,
  softmaxOverReceivers,
  sumToReceivers,
} from '../../src/graphs/index.js';
import { gather, gradient, input, mul, reshape, sum, transpose } from '../../src/tensor/index.js';
import { allNumbers, column, crossOf, dotOf, lengthOf } from '../geometry/points.js';
import { expectClose, numericalGradient, runTensors } from '../support/numeric.js';
import { evaluate } from '../support/reference.js';

const ints = (...values: number[]) => Int32Array.from(values);

/** Two graphs: a star around node 1 with a node 3 that nothing reaches, and a pair. */
const star = createGraph(6, ints(0, 2, 1, 4, 5), ints(1, 1, 0, 5, 4), ints(0, 0, 0, 0, 1, 1));
const graph = graphInputs();
const x = input('x', ['nodes', 3]);

const dataOf = (given: Graph, positions: readonly number[] = []): Record<string, number[]> => ({
  ...Object.fromEntries(Object.entries(graphFeeds(given)).map(([name, list]) => [name, Array.from(list, Number)])),
  x: [...positions],
});

const positions = [1, 0, 2, 0, 1, -1, 3, 1, 0, 0, -2, 1, 1, 1, 1, 4, 0, 1];

test('sums and means gather what arrives at each node', async () => {
  const values = gather(x, graph.senders);
  const outputs = {
    sums: sumToReceivers(values, graph),
    means: meanToReceivers(values, graph),
    shares: inverseDegree(graph),
    centres: graphMean(x, graph),
  };
  const results = await runTensors(outputs, dataOf(star, positions), graphSizes(star));
  expect(results.sums).toEqual([0, 1, -1, 4, 1, 2, 0, 0, 0, 0, 0, 0, 4, 0, 1, 1, 1, 1]);
  expect(results.means).toEqual([0, 1, -1, 2, 0.5, 1, 0, 0, 0, 0, 0, 0, 4, 0, 1, 1, 1, 1]);
  expect(results.shares).toEqual([1, 0.5, 1, 1, 1, 1]);
  const [first, second] = [
    [1, 0, 0.5],
    [2.5, 0.5, 1],
  ];
  expect(results.centres).toEqual([...first, ...first, ...first, ...first, ...second, ...second]);
});

test('sums of vectors with x, y, z first are those of their rows', async () => {
  const rows = gather(x, graph.senders); // [edges, 3]
  const columns = reshape(transpose(rows), [3, 'edges', 1]);
  const sums = { rows: sumToReceivers(rows, graph), columns: sumToReceivers(columns, graph, 1) };
  expect(sums.columns.shape).toEqual([3, 'nodes', 1]);
  const results = await runTensors(sums, dataOf(star, positions), graphSizes(star));
  expect(results.columns).toEqual(
    [0, 1, 2].flatMap((k) => [0, 1, 2, 3, 4, 5].map((node) => results.rows[3 * node + k])),
  );
});

test('softmax is taken over the edges that arrive at a node, however large the values', async () => {
  const values = input('values', ['edges', 2]);
  const data = { ...dataOf(star, positions), values: [1, 500, 3, -500, 7, 1e30, 0, -1e30, 2, 100] };
  const outputs = { shares: softmaxOverReceivers(values, graph), centres: graphMean(x, graph) };
  const { shares } = await runTensors(outputs, data, graphSizes(star));
  const low = 1 / (1 + Math.exp(2));
  expectClose(shares, [low, 1, 1 - low, 0, 1, 1, 1, 1, 1, 1], 1e-6);
});

test('the gradient of softmax equals central differences', async () => {
  const [values, weights] = [input('values', ['edges', 2]), input('weights', ['edges', 2])];
  const loss = sum(mul(softmaxOverReceivers(values, graph), weights));
  const data = {
    ...dataOf(star),
    values: [0.3, -1, 0.1, 0.8, 0.5, 2, -0.4, 1, 0.2, 0.6],
    weights: [1, 2, -1, 0.5, 3, 1, 1, -2, 0.7, 1],
  };
  const named = graphSizes(star);
  const [slope] = gradient(loss, [values]);
  expectClose(evaluate([slope], data, named)[0].data, numericalGradient(loss, data, named, 'values'), 1e-7);
});

test('a graph without edges runs', async () => {
  const lone = createGraph(2, ints(), ints(), ints(0, 1));
  const sent = gather(x, graph.senders);
  const outputs = {
    means: meanToReceivers(sent, graph),
    centres: graphMean(x, graph),
    shares: softmaxOverReceivers(sent, graph),
  };
  const results = await runTensors(outputs, dataOf(lone, positions.slice(0, 6)), graphSizes(lone));
  expect(results).toEqual({ means: [0, 0, 0, 0, 0, 0], centres: positions.slice(0, 6), shares: [] });
});

describe('frames', () => {
  const row = (k: number): number[] => positions.slice(3 * k, 3 * k + 3);
  const published = (i: readonly number[], j: readonly number[]): number[] => {
    const shortened = (v: readonly number[]): number[] => v.map((value) => value / (lengthOf(v) + 1));
    const [a, b] = [shortened(i.map((value, p) => value - j[p])), shortened(crossOf(i, j))];
    return [...a, ...b, ...crossOf(a, b)];
  };

  test('of edges are those of receiver and sender', async () => {
    const { a, b, c } = edgeFrame(x, graph);
    const results = await runTensors({ a, b, c }, dataOf(star, positions), graphSizes(star));
    for (const [edge, sender] of star.senders.entries()) {
      const axes = [results.a, results.b, results.c].flatMap((axis) => column(axis, edge));
      expectClose(axes, published(row(star.receivers[edge]), row(sender)), 1e-6);
    }
  });

  test('of nodes have the mean of the neighbours in the place of the sender, or the centre where there are none', async () => {
    const { a, b, c } = nodeFrame(x, graph);
    const results = await runTensors({ a, b, c }, dataOf(star, positions), graphSizes(star));
    const neighbours = [row(1), [2, 0.5, 1], [0, 0, 0], [0, 0, 0], row(5), row(4)];
    for (const [node, mean] of neighbours.entries()) {
      const axes = [results.a, results.b, results.c].flatMap((axis) => column(axis, node));
      expectClose(axes, published(row(node), mean), 1e-6);
    }
  });

  test.each(['published', 'orthonormal'] as const)(
    'of nodes are finite on graphs that leave them open (%s)',
    async (form) => {
      const { a, b, c } = nodeFrame(x, graph, form);
      for (const given of [completeGraphs([4, 2]), star, createGraph(6, ints(), ints())]) {
        for (const points of [positions, positions.map(() => 0)]) {
          const results = await allNumbers({ a, b, c }, [x], dataOf(given, points), graphSizes(given));
          expect(Object.values(results).flat().every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  test('of the nodes of a complete graph keep the axis through the centre alone', async () => {
    const centred = [1, 0, 2, 0, 1, -1, 3, 1, 0, -4, -2, -1];
    const { a, b, c } = nodeFrame(x, graph, 'orthonormal');
    const four = completeGraphs([4]);
    const results = await runTensors({ a, b, c }, dataOf(four, centred), graphSizes(four));
    for (let node = 0; node < 4; node++) {
      const position = centred.slice(3 * node, 3 * node + 3);
      expect(dotOf(column(results.a, node), position)).toBeCloseTo(lengthOf(position), 5);
      expect(lengthOf(column(results.b, node)) + lengthOf(column(results.c, node))).toBeLessThan(1e-5);
    }
  });
});
