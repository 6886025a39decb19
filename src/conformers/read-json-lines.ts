import { UserError } from '../common/errors.js';
import { byteStream } from '../files/byte-stream.js';
import { textLines } from '../files/text-lines.js';
import type { Ensemble } from './ensemble.js';
import { levelOf, type RecordResult } from './ensemble-record.js';
import { fitRecord } from './fit-record.js';
import { parseJsonRecord } from './json-record.js';

/** What a reader finds, one after the other: an ensemble, or what is wrong with a record and where it is. */
export type ReadResult = { readonly ensemble: Ensemble } | { readonly error: string };

/**
 * Reads a file of ensembles as JSON lines, plain or gzip (keys: docs/conformer-data.md). A bad line is reported with
 * its number, and the others go on.
 *
 * @throws UserError where the file is missing, unreadable or cut short
 */
export async function* readJsonLines(path: string): AsyncGenerator<ReadResult> {
  for await (const result of jsonRecords(byteStream(path), path)) {
    if ('error' in result) yield { error: `${result.where}: ${result.error}` };
    else {
      try {
        for (const ensemble of fitRecord(result.record).ensembles) yield { ensemble };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        yield { error: `${result.where}: ${error.message}` };
      }
    }
  }
}

async function* jsonRecords(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<RecordResult> {
  const level = levelOf(source.split('/').at(-1));
  for await (const { number, text } of textLines(chunks, source)) {
    if (text.trim() === '') continue;
    const where = `${source}:${number}`;
    try {
      const record = parseJsonRecord(text);
      yield { record: record.level === 'unknown' ? { ...record, level } : record, where };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { error: error.message, where };
    }
  }
}
