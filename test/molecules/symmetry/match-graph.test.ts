import { describe, expect, it } from 'vitest';
import { bondChange } from '../../../src/molecules/perception/bonds-in-space.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { stereoChanges } from '../../../src/molecules/stereo/stereo-in-space.js';
import { inOrder, matchAtoms } from '../../../src/molecules/symmetry/match-graph.js';
import { Rng } from '../../../src/random/generator.js';
import { fixtureRecord, fixtureRecords } from '../../support/ensemble-fixtures.js';

/** The same atoms in another order, and which of them each was. */
function shuffled(atomicNumbers: Uint8Array, positions: Float32Array, rng: Rng) {
  const order = rng.shuffle(Int32Array.from(atomicNumbers.keys()));
  return {
    order,
    atomicNumbers: Uint8Array.from(order, (atom) => atomicNumbers[atom]),
    positions: inOrder(positions, order),
  };
}

describe('matchAtoms', () => {
  const records = [...fixtureRecords('qm9_gfn2.jsonl'), ...fixtureRecords('fragments_dft.jsonl')];

  it.each(records.map((record) => [record.smiles, record] as const))(
    'finds the atoms of %s by their places alone, whatever their order',
    (smiles, { atomicNumbers, conformers }) => {
      const molecule = parseSmiles(smiles);
      const rng = Rng.fromSeed(3);
      for (const positions of conformers) {
        const given = shuffled(atomicNumbers, positions, rng);
        const match = matchAtoms(molecule, given.atomicNumbers, given.positions);
        if (!match) throw new Error('no match');
        expect(match.toSorted()).toEqual(Int32Array.from(atomicNumbers.keys()));
        expect(Uint8Array.from(match, (atom) => given.atomicNumbers[atom])).toEqual(molecule.atomicNumbers);
        const own = inOrder(given.positions, match);
        expect(bondChange(molecule, own)).toBeUndefined();
        expect(stereoChanges(molecule, own)).toEqual([]);
      }
    },
  );

  it('goes by the bonds that are given, and not by distance', () => {
    const { smiles, atomicNumbers, bonds, conformers } = fixtureRecord('fragments_dft.jsonl', 'CCCC');
    const molecule = parseSmiles(smiles);
    const far = conformers[0].map((x) => 10 * x);
    expect(matchAtoms(molecule, atomicNumbers, far)).toBeUndefined();
    const match = matchAtoms(molecule, atomicNumbers, far, bonds);
    if (!match || !bonds) throw new Error('no match');
    const pairs = (begin: Int32Array, end: Int32Array) =>
      Array.from(begin, (i, k) => [i, end[k]].sort((a, b) => a - b).join('-')).sort();
    const { begin, end } = molecule.bonds;
    const mapped = [begin, end].map((ends) => ends.map((atom) => match[atom]));
    expect(pairs(mapped[0], mapped[1])).toEqual(pairs(bonds.begin, bonds.end));
  });

  it('puts double bonds where they are short', () => {
    // A chain of 5 carbons drawn without hydrogens: C=C-C-C-C from either end.
    const carbons = new Uint8Array(5).fill(6);
    const bonds = { begin: Int32Array.of(0, 1, 2, 3), end: Int32Array.of(1, 2, 3, 4), type: Uint8Array.of(2, 1, 1, 1) };
    const chain = { ...parseSmiles('C'), atomicNumbers: carbons, charges: new Int8Array(5), bonds };
    const places = [0, 1.5, 3, 4.5, 5.83];
    const positions = Float32Array.from(places.flatMap((x) => [x, 0, 0]));
    expect(matchAtoms(chain, carbons, positions)).toEqual(Int32Array.of(4, 3, 2, 1, 0));
  });

  it('finds nothing where atoms or bonds are others', () => {
    const { atomicNumbers, conformers } = fixtureRecord('fragments_dft.jsonl', 'CCCC');
    expect(matchAtoms(parseSmiles('CC(C)C'), atomicNumbers, conformers[0])).toBeUndefined();
    expect(matchAtoms(parseSmiles('CCC'), atomicNumbers, conformers[0])).toBeUndefined();
    expect(matchAtoms(parseSmiles('C=CCO'), atomicNumbers, conformers[0])).toBeUndefined();
  });
});
