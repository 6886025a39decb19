import { readFileSync } from 'node:fs';
import { type EnsembleRecord, ensembleRecord } from '../../src/conformers/records/ensemble-record.js';
import { parseJsonRecord } from '../../src/molecules/formats/json-record.js';
import { OWN_FIXTURES } from './fixtures.js';

/**
 * `qm9_gfn2.jsonl`: 14 QM9 molecules with up to 3 conformers each, of shared/data/ensembles/train_qm9_gfn2 (RDKit
 * embedding, GFN2-xTB minima). `fragments_dft.jsonl`: 3 of test_fragments_dft (Open Force Field, B3LYP-D3BJ), atoms in
 * an order of their own. `geom_form.msgpack`: 5 of the first file in the form of GEOM's crude files, two maps in one
 * stream, atoms shuffled, written by Python's msgpack 1.2.3.
 */
export const ensembleFixture = (name: string): string => `${OWN_FIXTURES}/ensembles/${name}`;

/** The lines of a fixture. */
export const fixtureLines = (name: string): string[] =>
  readFileSync(ensembleFixture(name), 'utf8').trimEnd().split('\n');

export const fixtureRecords = (name: string): EnsembleRecord[] =>
  fixtureLines(name).map((line) => ensembleRecord(parseJsonRecord(line)));

/** The record of a fixture with this SMILES. */
export function fixtureRecord(name: string, smiles: string): EnsembleRecord {
  const found = fixtureRecords(name).find((record) => record.smiles === smiles);
  if (!found) throw new Error(`${name} has no ${smiles}`);
  return found;
}
