import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { correspondences } from '../../../src/molecules/symmetry/correspondence.js';

/** The molecule with its atoms in another order: atom k is what atom `order[k]` was. Stereo is dropped. */
function reorder(molecule: Molecule, order: readonly number[]): Molecule {
  const place = new Map(order.map((atom, k) => [atom, k]));
  const { begin, end, type } = molecule.bonds;
  const at = (atom: number): number => place.get(atom) ?? -1;
  const bonds = Array.from(type, (code, k) => [...[at(begin[k]), at(end[k])].sort((a, b) => a - b), code]);
  bonds.sort(([a, b], [c, d]) => a - c || b - d);
  return {
    ...molecule,
    centres: [],
    stereoBonds: [],
    atomicNumbers: Uint8Array.from(order, (atom) => molecule.atomicNumbers[atom]),
    charges: Int8Array.from(order, (atom) => molecule.charges[atom]),
    bonds: {
      begin: Int32Array.from(bonds, ([a]) => a),
      end: Int32Array.from(bonds, ([, b]) => b),
      type: Uint8Array.from(bonds, ([, , code]) => code),
    },
  };
}

const bondSet = ({ bonds }: Molecule, map: (atom: number) => number): Set<string> =>
  new Set(
    Array.from(bonds.type, (type, k) =>
      [...[map(bonds.begin[k]), map(bonds.end[k])].sort((a, b) => a - b), type].join(),
    ),
  );

const SMILES = ['CC(=O)Oc1ccccc1C(=O)O', 'C[N+](C)(C)CC([O-])=O', 'c1ccc2ccccc2c1', 'OC(F)(F)C#CC=C', 'C'];

describe('correspondences', () => {
  it.each(SMILES)('take %s to itself in any order of atoms', (smiles) => {
    const molecule = parseSmiles(smiles);
    const atoms = Array.from(molecule.atomicNumbers.keys());
    const shuffled = fc.shuffledSubarray(atoms, { minLength: atoms.length, maxLength: atoms.length });
    fc.assert(
      fc.property(shuffled, (order) => {
        const other = reorder(molecule, order);
        const [mapping] = correspondences(molecule, other);
        expect([...mapping].sort((a, b) => a - b)).toEqual(atoms);
        expect(Array.from(mapping, (atom) => other.atomicNumbers[atom])).toEqual([...molecule.atomicNumbers]);
        expect(Array.from(mapping, (atom) => other.charges[atom])).toEqual([...molecule.charges]);
        expect(bondSet(molecule, (atom) => mapping[atom])).toEqual(bondSet(other, (atom) => atom));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['CC', 1 * 2],
    ['CCO', 1],
    ['CC(C)(C)C', 24],
    ['c1ccccc1', 12],
    ['FC(F)(F)C(F)(F)F', 72],
  ])('of %s with itself are its %i symmetries', (smiles, count) => {
    const found = Array.from(correspondences(parseSmiles(smiles), parseSmiles(smiles)), (map) => map.join());
    expect(new Set(found).size).toBe(count);
  });

  it.each([
    ['CCO', 'COC'],
    ['CCO', 'CCOC'],
    ['CC=CC', 'C=CCC'],
    ['C[NH2+]C', 'CNC'],
    ['C1CCCCC1C1CCCC1', 'C1CCCCCC1C1CCC1'],
    ['OCC=O', 'O=COC'],
  ])('of %s with %s there are none', (one, other) => {
    expect([...correspondences(parseSmiles(one), parseSmiles(other))]).toEqual([]);
  });

  it('do not look at stereo', () => {
    const [mapping] = correspondences(parseSmiles('C[C@H](O)F'), parseSmiles('F[C@H](O)C'));
    expect([...mapping.subarray(0, 4)]).toEqual([3, 1, 2, 0]);
  });
});
