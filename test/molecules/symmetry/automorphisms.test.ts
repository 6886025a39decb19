import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { automorphisms } from '../../../src/molecules/symmetry/automorphisms.js';
import { OWN_FIXTURES } from '../../support/fixtures.js';

interface Counts {
  readonly rows: readonly (readonly [smiles: string, automorphisms: number, symmetrized: number])[];
}

const recorded: Counts = JSON.parse(readFileSync(`${OWN_FIXTURES}/molecules/automorphisms.json`, 'utf8'));
const bondKeys = (smiles: string, permutation: Int32Array): string[] => {
  const { begin, end, type } = parseSmiles(smiles).bonds;
  const isHeavy = (k: number) => end[k] < permutation.length;
  return Array.from(type, (code, k) => {
    const [i, j] = [permutation[begin[k]], permutation[end[k]]].sort((a, b) => a - b);
    return isHeavy(k) ? `${i}-${j}:${code}` : '';
  }).sort();
};

describe('automorphisms', () => {
  it('are as many as RDKit finds, with conjugated terminal groups alike and not', () => {
    const found = recorded.rows.map(([smiles]) => {
      const molecule = parseSmiles(smiles);
      const symmetrized = automorphisms(molecule, { symmetrizeConjugatedTerminalGroups: true });
      return [smiles, automorphisms(molecule).permutations.length, symmetrized.permutations.length];
    });
    expect(found).toEqual(recorded.rows);
  });

  it.each(['c1ccccc1', 'CC(C)(C)c1ccc(cc1)S(=O)(=O)N', 'C12C3C4C1C5C2C3C45', 'FC(F)(F)C#CC(F)(F)F'])(
    'of %s are different permutations that keep its bonds, the identity first',
    (smiles) => {
      const { permutations, complete } = automorphisms(parseSmiles(smiles));
      expect(complete).toBe(true);
      expect(Array.from(permutations[0])).toEqual(Array.from(permutations[0].keys()));
      expect(new Set(permutations.map((permutation) => permutation.join())).size).toBe(permutations.length);
      for (const permutation of permutations) {
        expect(bondKeys(smiles, permutation)).toEqual(bondKeys(smiles, permutations[0]));
      }
    },
  );

  it('count hydrogens only where all atoms are asked for', () => {
    const ethane = parseSmiles('CC');
    expect(automorphisms(ethane).permutations).toHaveLength(2);
    expect(automorphisms(ethane, { atoms: 'all' }).permutations).toHaveLength(2 * 6 * 6);
  });

  it('do not look at stereo', () => {
    expect(automorphisms(parseSmiles('C[C@H](F)C[C@H](F)C')).permutations).toHaveLength(2);
  });

  it('that are too many become generators of them all', () => {
    for (const smiles of ['CC(C)(C)c1ccc(cc1)C(C)(C)C', 'C12C3C4C1C5C2C3C45', 'c1ccccc1Cc1ccccc1']) {
      const all = automorphisms(parseSmiles(smiles)).permutations;
      const { permutations, complete } = automorphisms(parseSmiles(smiles), { limit: all.length - 1 });
      expect(complete).toBe(false);
      expect(permutations.length).toBeLessThan(all.length);
      expect([...closure(permutations)].sort()).toEqual(all.map((permutation) => permutation.join()).sort());
      expect(automorphisms(parseSmiles(smiles), { limit: all.length }).complete).toBe(true);
    }
  });
});

/** All products of permutations. */
function closure(generators: readonly Int32Array[]): Set<string> {
  const found = new Set<string>();
  const open = [...generators];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next.join())) continue;
    found.add(next.join());
    for (const generator of generators) open.push(generator.map((atom) => Number(next?.[atom])));
  }
  return found;
}
