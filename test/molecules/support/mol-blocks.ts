import { readFileSync } from 'node:fs';
import { parseSdf } from '../../../src/molecules/formats/sdf-read.js';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { OWN_FIXTURES } from '../../support/fixtures.js';

/** A molecule as RDKit writes it: MOL blocks with positions in space, and drawn without hydrogens. */
export interface MolBlockCase {
  readonly smiles: string;
  readonly v2000: string;
  readonly v3000: string;
  readonly drawn: string;
}

/** A molecule with a sound geometry. */
export interface MoleculeInSpace {
  readonly molecule: Molecule;
  readonly coordinates: Float32Array;
}

const fixture: { records: readonly MolBlockCase[] } = JSON.parse(
  readFileSync(`${OWN_FIXTURES}/molecules/mol_blocks.json`, 'utf8'),
);

export const molBlockCases = fixture.records;

/** The records of an SDF with positions; one that cannot be read is an error. */
export const moleculesInSpace = (text: string): MoleculeInSpace[] =>
  [...parseSdf(text, 'in.sdf')].map((result) => {
    if ('error' in result) throw new Error(result.error);
    const { molecule, coordinates } = result.record;
    if (!coordinates) throw new Error(`${molecule.smiles} has no positions`);
    return { molecule, coordinates };
  });

/** The molecule of the fixture that has this SMILES there. */
export function moleculeInSpace(smiles: string): MoleculeInSpace {
  const found = molBlockCases.find((entry) => entry.smiles === smiles);
  if (!found) throw new Error(`the fixture has no ${smiles}`);
  return moleculesInSpace(found.v2000)[0];
}
