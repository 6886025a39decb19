import { readFileSync } from 'node:fs';
import { OWN_FIXTURES } from '../../support/fixtures.js';

/** A molecule as RDKit reads its SMILES, hydrogens added. */
export interface RecordedMolecule {
  readonly smiles: string;
  readonly elements: readonly number[];
  /** By atom, where they are not 0. */
  readonly charges: Readonly<Record<string, number>>;
  /** Begin, end, RDKit's code. */
  readonly bonds: readonly (readonly [number, number, number])[];
  /** The sign of the signed volume by atom, in the order of a `TetrahedralCentre`. */
  readonly hands: Readonly<Record<string, number>>;
  /** By bond: the neighbours of lowest number and their side. */
  readonly sides: Readonly<Record<string, readonly [number, number, string]>>;
  /** Other SMILES of the same molecule: atoms in random orders, and with single and double bonds for aromatic ones. */
  readonly rewrites: readonly string[];
}

const fixture: { molecules: readonly RecordedMolecule[] } = JSON.parse(
  readFileSync(`${OWN_FIXTURES}/molecules/rdkit_molecules.json`, 'utf8'),
);

export const recordedMolecules = fixture.molecules;
