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
import { type SystemKind, systemKinds } from '../../../src/newton/system/kinds.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const setOf = (kind: SystemKind) => {
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

  it('are the products of charges in sets of charges', () => {
    const charged = setOf('charged');
    expect(productEdges(charged.charges, [4, 4, 4])).toEqual(edgesOfMatrices(charged.edges, 4));
  });

  it('must be seen where there are springs', () => {
    expect(() => requireVisibleEdges('springs5_initvel1small', 'products')).toThrow(
      'which bodies of springs5_initvel1small are joined stands in its edges_ files, which the network does not see',
    );
    // Runs of before say nothing of edges; of sets of users' own nothing is known.
    requireVisibleEdges('springs5_initvel1small', 'given');
    requireVisibleEdges('springs5_initvel1small', undefined);
    for (const name of ['charged5_initvel1small', 'mine']) requireVisibleEdges(name, 'products');
  });

  it.each(systemKinds)('say more of $name where its record says so', ({ name, ownEdges }) => {
    expect(hasOwnEdges(setOf(name))).toBe(ownEdges);
  });
});
