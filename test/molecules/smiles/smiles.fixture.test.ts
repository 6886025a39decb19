import { describe, expect, it } from 'vitest';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { canonicalSmiles, parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { type RecordedMolecule, recordedMolecules } from '../support/recorded-molecules.js';

type Facts = Omit<RecordedMolecule, 'rewrites'>;

function factsOf(smiles: string, { atomicNumbers, charges, bonds, centres, stereoBonds }: Molecule): Facts {
  return {
    smiles,
    elements: Array.from(atomicNumbers),
    charges: Object.fromEntries(Array.from(charges.entries()).filter(([, charge]) => charge !== 0)),
    bonds: Array.from(bonds.type, (type, k) => [bonds.begin[k], bonds.end[k], type] as const),
    hands: Object.fromEntries(centres.filter(({ hand }) => hand !== 0).map(({ atom, hand }) => [atom, hand])),
    sides: Object.fromEntries(
      stereoBonds
        .filter(({ side }) => side !== 'open')
        .map(({ atoms: [a, b, c, d], side }) => [`${b}-${c}`, [a, d, side] as const]),
    ),
  };
}

/** Numbers from RDKit, see the fixture's own `origin`. */
describe('a SMILES', () => {
  it('gives the atoms, charges, bonds, hands and sides that RDKit finds', () => {
    expect(recordedMolecules.length).toBeGreaterThan(200);
    const found = recordedMolecules.map(({ smiles }) => factsOf(smiles, parseSmiles(smiles)));
    expect(found).toEqual(recordedMolecules.map(({ rewrites: _, ...facts }) => facts));
  });

  it('means the same in any of its spellings', () => {
    for (const { smiles, rewrites } of recordedMolecules) {
      const molecule = parseSmiles(smiles);
      for (const rewrite of [...rewrites, molecule.smiles]) {
        const again = parseSmiles(rewrite);
        expect(again.smiles, rewrite).toBe(molecule.smiles);
        expect(canonicalSmiles(again, { stereo: false })).toBe(canonicalSmiles(molecule, { stereo: false }));
      }
    }
  });
});
