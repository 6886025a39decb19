import { readFileSync } from 'node:fs';
import { FIXTURES } from './fixtures.js';

/** A molecule of evaluation/best_rmsd.json; matrices are [reference][generated], Å. */
export interface BestRmsdCase {
  readonly smiles: string;
  /** SDF text, a record per conformer. */
  readonly reference_sdf: string;
  readonly generated_sdf: string;
  readonly heavy_atom_best_rmsd: readonly (readonly number[])[];
  readonly heavy_atom_best_rmsd_symmetrized: readonly (readonly number[])[];
  readonly threshold: number;
  readonly cov_recall: number;
  readonly mat_recall: number;
  readonly cov_precision: number;
  readonly mat_precision: number;
  /** Discrepancies of the lengths of `bonds`, each alone and all together. */
  readonly mmd: {
    readonly bonds: readonly (readonly [number, number])[];
    readonly single: readonly number[];
    readonly all_lengths: number;
  };
}

/** @param fixtures their folder: the project's own for tests that say what is in it */
export const bestRmsdCases = (fixtures = FIXTURES): readonly BestRmsdCase[] =>
  JSON.parse(readFileSync(`${fixtures}/evaluation/best_rmsd.json`, 'utf8'));

/** The positions [atoms · 3] of each record of an SDF (V2000), Å, read without the library. */
export function sdfPositions(text: string): Float64Array[] {
  const records = text.split('$$$$\n').filter((record) => record.trim() !== '');
  return records.map((record) => {
    const lines = record.split('\n');
    const atoms = Number(lines[3].slice(0, 3));
    const columns = [0, 10, 20];
    return Float64Array.from(
      lines.slice(4, 4 + atoms).flatMap((line) => columns.map((at) => Number(line.slice(at, at + 10)))),
    );
  });
}
