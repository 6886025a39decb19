import { describe, expect, it } from 'vitest';
import { completeGraphs } from '../../../src/graphs/index.js';
import {
  edgesOfMatrices,
  hasOwnEdges,
  matrixOfEdges,
  productEdges,
  requireVisibleEdges,
} from '../../../src/newton/data/edges.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulate } from '../../../src/newton/simulation/simulate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const setOf = (kind: 'charged' | 'springs') => {
  const simulation = defineSimulation({ kind, protocol: 'clofnet', bodies: 4, steps: 3, sampleEvery: 1 });
  return simulate(simulation, drawInitialStates(simulation, { train: 3, valid: 0, test: 0 }).train);
};

describe('the numbers of pairs', () => {
  it('come in the order of complete graphs', () => {
    const { senders, receivers } = completeGraphs([3]);
    const matrix = Float64Array.from({ length: 18 }, (_, k) => k);
    const edges = edgesOfMatrices(matrix, 3);
    expect([...edges]).toEqual([0, 9].flatMap((first) => [...senders].map((j, e) => first + 3 * receivers[e] + j)));
    expect([...matrixOfEdges(edges.subarray(0, 6), 3)]).toEqual([0, 1, 2, 3, 0, 5, 6, 7, 0]);
    expect(edgesOfMatrices([5], 1)).toHaveLength(0);
  });

  it('are the products of charges in sets of charges, and more where there are springs', () => {
    const [charged, springs] = [setOf('charged'), setOf('springs')];
    expect(productEdges(charged.charges, [4, 4, 4])).toEqual(edgesOfMatrices(charged.edges, 4));
    expect([hasOwnEdges(charged), hasOwnEdges(springs)]).toEqual([false, true]);
  });

  it('must be seen where they say more', () => {
    expect(() => requireVisibleEdges('s', setOf('springs'), 'products')).toThrow(
      'which bodies of s are joined stands in its edges_ files, which the network does not see',
    );
    for (const seen of ['given', undefined] as const) requireVisibleEdges('s', setOf('springs'), seen);
    requireVisibleEdges('s', setOf('charged'), 'products');
  });
});
