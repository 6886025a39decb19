import { UserError } from '../../common/errors.js';
import { textLines } from '../../files/text-lines.js';
import type { RecordResult } from './ensemble-record.js';
import { parseJsonRecord } from './json-record.js';

/** The records of a file of JSON lines; see {@link parseJsonRecord}. A bad line is reported, and the others go on. */
export async function* jsonRecords(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<RecordResult> {
  for await (const { number, text } of textLines(chunks, source)) {
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
