import { describe, expect, it } from 'vitest';
import { atomCount, type Molecule } from '../../../src/molecules/molecule.js';
import { ForceFieldMMFF94, hasResources, OclMolecule } from '../../../src/molecules/open-chem-lib.js';
import { loadResources } from '../../../src/molecules/open-chem-lib.node.js';
import { moleculeFromOcl, oclFromMolecule } from '../../../src/molecules/perception/perceive.js';
import { StructureError } from '../../../src/molecules/perception/written-molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { handInSpace, sideInSpace } from '../../../src/molecules/stereo/stereo-in-space.js';
import { molBlockCases, moleculesInSpace } from '../support/mol-blocks.js';
import { recordedMolecules } from '../support/recorded-molecules.js';

const all = recordedMolecules.map(({ smiles }) => parseSmiles(smiles));
const plain = (smiles: string): OclMolecule => OclMolecule.fromSmiles(smiles, { noCoordinates: true });

describe('oclFromMolecule and moleculeFromOcl', () => {
  it('are inverse', () => {
    for (const molecule of all) expect(moleculeFromOcl(oclFromMolecule(molecule)), molecule.smiles).toEqual(molecule);
  });

  it('leave OpenChemLib no hydrogens to add', () => {
    for (const molecule of all) {
      const ocl = oclFromMolecule(molecule);
      ocl.addImplicitHydrogens();
      expect(ocl.getAllAtoms(), molecule.smiles).toBe(atomCount(molecule));
    }
  });

  it('agree with positions in space', () => {
    const open = ({ centres, stereoBonds, ...rest }: Molecule) => ({
      ...rest,
      centres: centres.map((centre) => ({ ...centre, hand: 0 as const })),
      stereoBonds: stereoBonds.map((bond) => ({ ...bond, side: 'open' as const })),
    });
    let count = 0;
    for (const { molecule, coordinates } of molBlockCases.flatMap(({ v2000 }) => moleculesInSpace(v2000))) {
      const { centres, stereoBonds } = moleculeFromOcl(oclFromMolecule(open(molecule), coordinates));
      count += centres.length + stereoBonds.length;
      for (const centre of centres) if (centre.hand !== 0) expect(centre.hand).toBe(handInSpace(centre, coordinates));
      for (const bond of stereoBonds) if (bond.side !== 'open') expect(bond.side).toBe(sideInSpace(bond, coordinates));
    }
    expect(count).toBeGreaterThan(10);
  });
});

it('oclFromMolecule refuses coordinates that are none', () => {
  const water = parseSmiles('O');
  expect(() => oclFromMolecule(water, [0, 0, 0])).toThrow('a molecule of 3 atoms has 9 coordinates, not 3');
  expect(() => oclFromMolecule(water, [0, 0, 0, 1, 0, 0, 0, NaN, 0])).toThrow('a coordinate of atom 3 is NaN');
});

describe('moleculeFromOcl', () => {
  it.each([
    ['C[C@H](F)/C=C/Cl', 'C[C@H](F)/C=C/Cl'],
    ['O=c1cc[nH]cc1', 'O=c1cc[nH]cc1'],
    ['C[S@](=O)CC', 'CC[S@](C)=O'],
    ['C[CH]C', 'C[CH]C'],
  ])('reads what OpenChemLib made of %s', (smiles, canonical) => {
    expect(moleculeFromOcl(plain(smiles), 'x')).toMatchObject({ smiles: canonical, name: 'x' });
  });

  it('refuses what OpenChemLib lets pass', () => {
    expect(() => moleculeFromOcl(plain('C(C)(C)(C)(C)C'))).toThrow(StructureError);
    expect(() => moleculeFromOcl(plain('C.C'))).toThrow('2 molecules side by side');
  });
});

it('loadResources gives OpenChemLib its tables, once', () => {
  loadResources();
  loadResources();
  expect(hasResources()).toBe(true);
  const [{ molecule, coordinates }] = moleculesInSpace(molBlockCases[0].v2000);
  const field = new ForceFieldMMFF94(oclFromMolecule(molecule, coordinates), 'MMFF94s');
  expect(Number.isFinite(field.getTotalEnergy())).toBe(true);
});
