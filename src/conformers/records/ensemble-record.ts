import type { MoleculeRecord } from '../../molecules/formats/molecule-record.js';
import type { TheoryLevel } from '../dataset/ensemble.js';

/** A molecule and its conformers as a file has them: not yet checked against each other. */
export interface EnsembleRecord extends Omit<MoleculeRecord, 'molecule' | 'method' | 'properties'> {
  readonly level: TheoryLevel;
}

/** What a reader of ensembles finds, one after the other, and the place in the file: a record, or what is wrong. */
export type RecordResult =
  | { readonly record: EnsembleRecord; readonly where: string }
  | { readonly error: string; readonly where: string };

/** What a file says of a molecule and its conformers. @param level where it does not say how they were made */
export function ensembleRecord(record: MoleculeRecord, level: TheoryLevel = 'unknown'): EnsembleRecord {
  const { molecule: _, method, properties: __, ...rest } = record;
  const own = levelOf(method);
  return { ...rest, level: own === 'unknown' ? level : own };
}

/** The level that a text names: `GFN2-xTB`, `mmff94s`, `test_drug_dft.jsonl`. */
export function levelOf(text: unknown): TheoryLevel {
  const name = typeof text === 'string' ? text.toLowerCase() : '';
  if (name.includes('gfn2')) return 'gfn2';
  if (/dft|b3lyp|wb97|pbe/.test(name)) return 'dft';
  return name.includes('mmff94s') ? 'mmff94s' : 'unknown';
}
