import { describe, expect, it } from 'vitest';
import {
  extendedGraph,
  moleculeRings,
  topologicalDistances,
} from '../../../src/molecules/bond-graph/extended-graph.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { fixtureNames, fixturePath, readTensors } from '../../support/fixtures.js';

/** Atom types and edges of a batch, recorded from the published code. */
describe.each(fixtureNames('conformers', '.safetensors'))('the edges of %s', (file) => {
  const { tensors, metadata } = readTensors(fixturePath('conformers', file));
  const data = (name: string): number[] => Array.from(tensors.get(name)?.data ?? [], Number);
  const molecules = (JSON.parse(metadata.smiles) as string[]).map((smiles) => parseSmiles(smiles));

  it('are the published ones, the atoms too', () => {
    let first = 0;
    const [rows, cols, types, atoms]: number[][] = [[], [], [], []];
    for (const molecule of molecules) {
      const graph = extendedGraph(molecule, Number(metadata.order));
      rows.push(...graph.rows.map((atom) => atom + first));
      cols.push(...graph.cols.map((atom) => atom + first));
      types.push(...graph.types);
      atoms.push(...molecule.atomicNumbers);
      first += molecule.atomicNumbers.length;
    }
    expect(atoms).toEqual(data('atom_type'));
    expect([...rows, ...cols]).toEqual(data('edge_index'));
    expect(types).toEqual(data('edge_type'));
  });

  it('of the first order are the bonds', () => {
    const types = molecules.flatMap((molecule) => [...extendedGraph(molecule, 1).types]);
    expect(types).toEqual(data('bond_type'));
  });
});

describe('extendedGraph', () => {
  it('counts bonds along the shortest way, in rings too', () => {
    const { rows, cols, types } = extendedGraph(parseSmiles('C1CC1'));
    const edges = Array.from(types, (type, k) => [rows[k], cols[k], type]).filter(([i]) => i === 0);
    expect(edges.map(([, j, type]) => `${j}:${type}`).join(' ')).toBe('1:1 2:1 3:1 4:1 5:23 6:23 7:23 8:23');
    expect(new Set(extendedGraph(parseSmiles('CC'), 3).types)).toEqual(new Set([1, 23, 24]));
    expect(new Set(extendedGraph(parseSmiles('CC'), 2).types)).toEqual(new Set([1, 23]));
  });

  it.each([0, 9, 1.5])('refuses order %d', (order) => {
    expect(() => extendedGraph(parseSmiles('C'), order)).toThrow(RangeError);
  });
});

it('topologicalDistances are symmetric, 0 on the diagonal, and obey the triangle inequality', () => {
  const molecule = parseSmiles('CC(C)c1ccc2[nH]ccc2c1');
  const n = molecule.atomicNumbers.length;
  const d = topologicalDistances(molecule);
  for (let i = 0; i < n; i++) {
    expect(d[i * n + i]).toBe(0);
    for (let j = 0; j < n; j++) {
      expect(d[i * n + j]).toBe(d[j * n + i]);
      for (let k = 0; k < n; k++) expect(d[i * n + k]).toBeLessThanOrEqual(d[i * n + j] + d[j * n + k]);
    }
  }
  expect(d[0 * n + 6]).toBe(5);
});

it.each([
  ['CCC', []],
  ['C1CC1', [3]],
  ['c1ccc2ccccc2c1', [6, 6]],
  ['C1CC2CCC1C2', [5, 5]],
  ['C1CC2CCC1CC2', [6, 6, 6]],
  ['C12C3C4C1C5C2C3C45', [4, 4, 4, 4, 4, 4]],
  ['C1CC2(C1)CCC2', [4, 4]],
  ['C1C2CC3CC1CC(C2)C3', [6, 6, 6, 6]],
  ['c1cc2ccc3cccc4ccc(c1)c2c34', [6, 6, 6, 6]],
])('the rings of %s have sizes %j', (smiles, sizes) => {
  const { rings, atomSizes, bondSizes } = moleculeRings(parseSmiles(smiles));
  expect(rings.map(({ atoms }) => atoms.length)).toEqual(sizes);
  for (const ring of rings) {
    expect(new Set(ring.atoms).size).toBe(ring.bonds.length);
    for (const atom of ring.atoms) expect(atomSizes[atom]).toBeGreaterThan(0);
    for (const bond of ring.bonds) expect(bondSizes[bond]).toBeLessThanOrEqual(ring.bonds.length);
  }
  expect(atomSizes.at(-1)).toBe(0);
});
