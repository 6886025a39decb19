import { type TextLine, textLines } from '../../files/text-lines.js';
import { readSmilesLine } from '../smiles/smiles.js';
import type { MoleculeLimits } from './molecule-format.js';
import type { MoleculeRecordResult } from './molecule-record.js';

/** The molecules of the lines; empty ones, comments (`#`) and a heading `smiles` are skipped. */
export async function* read(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  limits: MoleculeLimits = {},
): AsyncGenerator<MoleculeRecordResult> {
  for await (const { number, text } of textLines(bytes, source)) {
    const line = number === 1 ? text.replace(/^\uFEFF/, '') : text;
    const result = isPassedOver(line) ? undefined : readSmilesLine({ number, text: line }, source, limits);
    if (!result) continue;
    const where = `${source}, line ${number}`;
    if ('error' in result) {
      yield { error: result.error.slice(where.length + 2), where };
      continue;
    }
    const { molecule } = result;
    const { name, smiles, atomicNumbers } = molecule;
    yield { record: { name, smiles, molecule, atomicNumbers, conformers: [] }, where };
  }
}

/** The lines that hold something. */
export async function count(lines: AsyncIterable<TextLine>): Promise<number> {
  let found = 0;
  for await (const { text } of lines) found += Number(!isPassedOver(text));
  return found;
}

/** Blank lines, comments, headings of a table, and rows of one that have no SMILES. */
const isPassedOver = (line: string): boolean => /^(?:$|[#,;]|smiles(?:[\s,;]|$))/i.test(line.trim());
