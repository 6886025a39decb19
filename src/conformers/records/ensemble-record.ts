import type { Bonds } from '../../molecules/molecule.js';
import type { TheoryLevel } from '../dataset/ensemble.js';

/** A molecule and its conformers as a file has them: not yet checked against each other. */
export interface EnsembleRecord {
  /** What the file calls it, or empty. */
  readonly name: string;
  /** As it is written in the file. */
  readonly smiles: string;
  /** In the order of the file. */
  readonly atomicNumbers: Uint8Array;
  /** Which atoms are bonded, where the file says so. */
  readonly bonds?: Pick<Bonds, 'begin' | 'end'>;
  /** ångström, [atoms · 3] a conformer. */
  readonly conformers: readonly Float32Array[];
  /** kcal/mol over any zero, one a conformer. */
  readonly energies?: readonly number[];
  /** One a conformer, of any sum. */
  readonly weights?: readonly number[];
  readonly level: TheoryLevel;
}

/** What a reader finds, one after the other, and the place in the file: a record, or what is wrong with it. */
export type RecordResult =
  | { readonly record: EnsembleRecord; readonly where: string }
  | { readonly error: string; readonly where: string };

/** The level that a text names: `GFN2-xTB`, `mmff94s`, `test_drug_dft.jsonl`. */
export function levelOf(text: unknown): TheoryLevel {
  const name = typeof text === 'string' ? text.toLowerCase() : '';
  if (name.includes('gfn2')) return 'gfn2';
  if (/dft|b3lyp|wb97|pbe/.test(name)) return 'dft';
  return name.includes('mmff94s') ? 'mmff94s' : 'unknown';
}
