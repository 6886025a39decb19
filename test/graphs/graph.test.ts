import { describe, expect, test } from 'vitest';
import { batchGraphs, completeGraphs, createGraph, graphFeeds, nodeCounts } from '../../src/graphs/index.js';

const ints = (...values: number[]) => Int32Array.from(values);

describe('createGraph', () => {
  test('counts nodes and graphs', () => {
    const graph = createGraph(4, ints(0, 1, 3), ints(1, 0, 2), ints(0, 0, 1, 1));
    expect(graph).toMatchObject({ nodes: 4, graphs: 2 });
    expect(nodeCounts(graph)).toEqual(ints(2, 2));
    expect(createGraph(3, ints(), ints())).toMatchObject({ graphs: 1, graphOfNode: ints(0, 0, 0) });
    expect(createGraph(0, ints(), ints())).toMatchObject({ nodes: 0, graphs: 0 });
  });

  test.each([
    [() => createGraph(2, ints(0), ints()), '1 senders but 0 receivers'],
    [() => createGraph(2, ints(0, 2), ints(1, 0)), 'senders[1] is 2, but the nodes are numbered from 0 to 1'],
    [() => createGraph(2, ints(0), ints(-1)), 'receivers[0] is -1, but the nodes'],
    [() => createGraph(2, ints(), ints(), ints(0)), 'graphOfNode has 1 entries for 2 nodes'],
    [() => createGraph(2, ints(), ints(), ints(1, 0)), 'graphOfNode[0] is 1'],
    [() => createGraph(3, ints(), ints(), ints(0, 1, 0)), 'graphOfNode[2] is 0'],
    [() => createGraph(2, ints(), ints(), ints(0, 2)), 'without gaps, but graphOfNode[1] is 2'],
    [() => createGraph(2, ints(0), ints(1), ints(0, 1)), 'edge 0 joins nodes 0 and 1, which are in different graphs'],
  ])('%s', (make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

describe('a graph that was made by hand', () => {
  const path = createGraph(3, ints(0, 1), ints(1, 2));

  test.each([
    ['senders[1] is 3, but the nodes are numbered from 0 to 2', { ...path, senders: ints(0, 3) }],
    ['receivers[0] is -1, but the nodes are numbered from 0 to 2', { ...path, receivers: ints(-1, 2) }],
    ['graphOfNode[1] is 2', { ...path, graphOfNode: ints(0, 2, 2), graphs: 3 }],
    ['graphOfNode has 1 graphs, not 2', { ...path, graphs: 2 }],
    ['senders[0] is 0, but there are no nodes', { ...path, nodes: 0, graphs: 0, graphOfNode: ints() }],
  ])('is refused before the engine sees it: %s', (message, graph) => {
    for (const use of [() => graphFeeds(graph), () => batchGraphs([path, graph])]) {
      expect(use).toThrow(RangeError);
      expect(use).toThrow(message);
    }
  });

  test('is taken where it is right', () => {
    expect(graphFeeds({ ...path })).toEqual(graphFeeds(path));
    expect(batchGraphs([{ ...path }, path])).toEqual(batchGraphs([path, path]));
  });
});

describe('completeGraphs', () => {
  test('joins every node to every other of its system, sorted by receiver, then by sender', () => {
    const graph = completeGraphs([3, 1, 2]);
    expect(graph).toMatchObject({ nodes: 6, graphs: 3 });
    expect(graph.receivers).toEqual(ints(0, 0, 1, 1, 2, 2, 4, 5));
    expect(graph.senders).toEqual(ints(1, 2, 0, 2, 0, 1, 5, 4));
    expect(graph.graphOfNode).toEqual(ints(0, 0, 0, 1, 2, 2));
  });

  test('refuses sizes that are none', () => {
    expect(() => completeGraphs([3, 0])).toThrow('system 1 has 0 nodes');
    expect(() => completeGraphs([1.5])).toThrow(RangeError);
  });
});

describe('batchGraphs', () => {
  const path = createGraph(3, ints(0, 1), ints(1, 2));
  const lone = createGraph(1, ints(), ints());

  test('puts graphs side by side', () => {
    const batch = batchGraphs([path, lone, path]);
    expect(batch).toEqual(createGraph(7, ints(0, 1, 4, 5), ints(1, 2, 5, 6), ints(0, 0, 0, 1, 2, 2, 2)));
  });

  test('takes batches, and one after the other is all at once', () => {
    const stepwise = batchGraphs([batchGraphs([path, lone]), completeGraphs([2, 3])]);
    expect(stepwise).toEqual(batchGraphs([path, lone, completeGraphs([2]), completeGraphs([3])]));
    expect(batchGraphs([completeGraphs([4]), completeGraphs([2])])).toEqual(completeGraphs([4, 2]));
  });

  test('of nothing is nothing', () => {
    expect(batchGraphs([])).toEqual(createGraph(0, ints(), ints()));
  });
});
