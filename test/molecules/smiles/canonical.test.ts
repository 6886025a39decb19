import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { heavyAtoms, type Molecule } from '../../../src/molecules/molecule.js';
import { moleculeOf } from '../../../src/molecules/molecule-of-structure.js';
import { completeStructure } from '../../../src/molecules/perception/lewis-structure.js';
import type { WrittenBond } from '../../../src/molecules/perception/written-molecule.js';
import { canonicalSmiles, parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { enumerateIsomers } from '../../../src/molecules/stereo/isomers.js';
import { recordedMolecules } from '../support/recorded-molecules.js';
import { renumbered } from '../support/renumber.js';

/** What a molecule is, whatever the numbers of its atoms. */
function factsOf(molecule: Molecule) {
  const { atomicNumbers, charges, bonds, centres, stereoBonds } = molecule;
  const counts = (items: Iterable<number | string>) => [...items].sort().join(' ');
  return {
    smiles: molecule.smiles,
    flat: canonicalSmiles(molecule, { stereo: false }),
    elements: counts(atomicNumbers),
    charges: counts(charges),
    types: counts(bonds.type),
    centres: centres.length,
    open: centres.filter(({ hand }) => hand === 0).length,
    stereoBonds: stereoBonds.length,
    openBonds: stereoBonds.filter(({ side }) => side === 'open').length,
  };
}

/** An order of the first `count` numbers. */
const orders = (count: number) => {
  const all = Array.from({ length: count }, (_, k) => k);
  return fc.shuffledSubarray(all, { minLength: count, maxLength: count });
};

/** Small graphs of any shape, most of them strained cages; undefined for those with too many bonds somewhere. */
const randomMolecules = fc
  .record({
    elements: fc.array(fc.constantFrom(6, 6, 6, 6, 7, 8, 15, 16), { minLength: 4, maxLength: 9 }),
    parents: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
    extra: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
    orders: fc.array(fc.constantFrom(1, 1, 1, 2) as fc.Arbitrary<1 | 2>, { minLength: 13, maxLength: 13 }),
  })
  .map(({ elements, parents, extra, orders: all }) => {
    const pairs = new Map<string, readonly [number, number]>();
    const count = elements.length;
    const join = (i: number, j: number) => {
      if (i !== j) pairs.set(`${Math.min(i, j)}-${Math.max(i, j)}`, [i, j]);
    };
    for (let atom = 1; atom < count; atom++) join(parents[atom - 1] % atom, atom);
    for (const [i, j] of extra) join(i % count, j % count);
    const bonds = [...pairs.values()].map(([begin, end], k): WrittenBond => ({ begin, end, order: all[k] }));
    const atoms = elements.map((atomicNumber) => ({ atomicNumber, charge: 0, hydrogens: undefined }));
    try {
      return moleculeOf(completeStructure({ atoms, bonds }).structure, { centres: [], stereoBonds: [] }, '');
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  })
  .filter((molecule) => molecule !== undefined);

describe('the canonical SMILES', () => {
  it('does not depend on the order of the atoms', () => {
    const cases = fc.constantFrom(...recordedMolecules).chain(({ smiles }) => {
      const molecule = parseSmiles(smiles);
      return fc.tuple(fc.constant(molecule), orders(heavyAtoms(molecule).length));
    });
    fc.assert(
      fc.property(cases, ([molecule, order]) => {
        fc.pre(order.length > 0);
        expect(factsOf(renumbered(molecule, order))).toEqual(factsOf(molecule));
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('does so for all isomers of any graph, and can be read back', () => {
    const cases = randomMolecules.chain((molecule) =>
      fc.tuple(fc.constant(molecule), orders(heavyAtoms(molecule).length)),
    );
    let stereo = 0;
    fc.assert(
      fc.property(cases, ([molecule, order]) => {
        for (const isomer of enumerateIsomers(molecule, 4).isomers) {
          stereo += isomer.centres.length + isomer.stereoBonds.length;
          expect(factsOf(renumbered(isomer, order))).toEqual(factsOf(isomer));
          expect(parseSmiles(isomer.smiles).smiles).toBe(isomer.smiles);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(stereo).toBeGreaterThan(200);
  });

  it.each([
    ['C[C@H](N)C(=O)O', 'C[C@@H](N)C(=O)O'],
    ['F/C=C/F', 'F/C=C\\F'],
    ['C[C@H](O)[C@@H](C)O', 'C[C@H](O)[C@H](C)O'],
    ['C[C@H]1CC[C@H](C)CC1', 'C[C@H]1CC[C@@H](C)CC1'],
    ['[H]/N=C/C', '[H]/N=C\\C'],
    ['CCO', 'COC'],
    ['[NH4+]', 'N'],
    ['[CH3]', 'C'],
  ])('tells %s from %s', (one, other) => {
    expect(parseSmiles(one).smiles).not.toBe(parseSmiles(other).smiles);
  });

  it('without stereo is the same for isomers', () => {
    const flat = (smiles: string): string => canonicalSmiles(parseSmiles(smiles), { stereo: false });
    expect(flat('C[C@H](N)/C=C/F')).toBe('CC(N)C=CF');
    expect(flat('C[C@@H](N)/C=C\\F')).toBe('CC(N)C=CF');
    expect(canonicalSmiles(parseSmiles('C[C@H](N)/C=C/F'))).toBe('C[C@H](N)/C=C/F');
  });

  it.each([
    ['OCC', 'CCO'],
    ['O=C(O)c1ccccc1OC(=O)C', 'CC(=O)Oc1ccccc1C(=O)O'],
    ['[2H]C([2H])([2H])O', 'CO'],
    ['CN(=O)=O', 'C[N+]([O-])=O'],
    ['C1=CC=CC=C1', 'c1ccccc1'],
    ['c1ccccc1c1ccccc1', 'c1ccc(cc1)-c1ccccc1'],
    ['[H][H]', '[H][H]'],
    ['[H+]', '[H+]'],
    ['[H]', '[H]'],
    ['[H]O[H]', 'O'],
    ['[H]\\N=C/C', 'C/C=N\\[H]'],
  ])('of %s is %s', (smiles, canonical) => {
    expect(parseSmiles(smiles).smiles).toBe(canonical);
  });
});
