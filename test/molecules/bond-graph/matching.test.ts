import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maximumMatching } from '../../../src/molecules/bond-graph/matching.js';
import { kekuleTypes } from '../../../src/molecules/perception/kekulize.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

/** The most pairs there can be, by trying everything. */
function mostPairs(neighbours: readonly (readonly number[])[], used: ReadonlySet<number> = new Set()): number {
  const node = neighbours.findIndex((_, k) => !used.has(k));
  if (node < 0) return 0;
  const alone = mostPairs(neighbours, new Set([...used, node]));
  const paired = neighbours[node]
    .filter((other) => !used.has(other))
    .map((other) => 1 + mostPairs(neighbours, new Set([...used, node, other])));
  return Math.max(alone, ...paired);
}

const graphs = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 14 }).map((pairs) => {
  const sets = Array.from({ length: 9 }, () => new Set<number>());
  for (const [i, j] of pairs) if (i !== j) sets[i].add(j) && sets[j].add(i);
  return sets.map((set) => [...set]);
});

it('maximumMatching pairs neighbours, and as many as can be', () => {
  fc.assert(
    fc.property(graphs, (neighbours) => {
      const mate = maximumMatching(neighbours);
      const paired = [...mate.keys()].filter((node) => mate[node] >= 0);
      for (const node of paired) {
        expect(mate[mate[node]]).toBe(node);
        expect(neighbours[node]).toContain(mate[node]);
      }
      expect(paired.length / 2).toBe(mostPairs(neighbours));
    }),
    { numRuns: 300, seed: 1 },
  );
});

it('maximumMatching keeps the partners of nodes that have one, if not always the same', () => {
  const path = [[1], [0, 2], [1, 3], [2]];
  expect(maximumMatching(path, Int32Array.of(-1, 2, 1, -1))).toEqual(Int32Array.of(1, 0, 3, 2));
  expect(maximumMatching([[1, 2], [0], [0]], Int32Array.of(2, -1, 0))).toEqual(Int32Array.of(2, -1, 0));
});

it.each([
  ['c1ccccc1', 3],
  ['c1cc[nH]c1', 2],
  ['c1ccc2cccc-2cc1', 5],
  ['O=c1cc[nH]cc1', 3],
  ['C[n+]1ccccc1', 3],
  ['c1ccc2c(c1)-c1ccccc1-2', 6],
  ['CCO', 0],
])('kekuleTypes gives %s %i double bonds', (smiles, count) => {
  const types = kekuleTypes(parseSmiles(smiles));
  expect(types.filter((type) => type === 2)).toHaveLength(count);
  expect(types.includes(12)).toBe(false);
});
