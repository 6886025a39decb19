import { UserError } from '../../common/errors.js';
import { type TextLine, textLines } from '../../files/text-lines.js';
import { parseJsonRecord } from './json-record.js';
import type { MoleculeRecordResult } from './molecule-record.js';

/** The records of a file of JSON lines; see {@link parseJsonRecord}. A bad line is reported, and reading continues. */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<MoleculeRecordResult> {
  for await (const { number, text } of textLines(bytes, source)) {
    if (text.trim() === '') continue;
    const where = `${source}:${number}`;
    try {
      yield { record: parseJsonRecord(text), where };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { error: error.message, where };
    }
  }
}

/** The lines that are not empty. */
export async function count(lines: AsyncIterable<TextLine>): Promise<number> {
  let found = 0;
  for await (const { text } of lines) found += Number(text.trim() !== '');
  return found;
}
