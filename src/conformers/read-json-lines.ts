import { UserError } from '../common/errors.js';
import { byteStream } from '../files/byte-stream.js';
import { textLines } from '../files/text-lines.js';
import type { Ensemble, TheoryLevel } from './ensemble.js';
import { levelOf, parseEnsembleLine } from './json-record.js';

/** What a reader finds, one after the other: an ensemble, or what is wrong with a record and where it is. */
export type ReadResult = { readonly ensemble: Ensemble } | { readonly error: string };

/**
 * Reads a file of ensembles as JSON lines, plain or gzip (keys: docs/conformer-data.md). A bad line is reported with
 * its number, and the others go on.
 *
 * @throws UserError where the file is missing, unreadable or cut short
 */
export async function* readJsonLines(path: string): AsyncGenerator<ReadResult> {
  for await (const { number, text } of textLines(byteStream(path), path)) {
    if (text.trim() === '') continue;
    try {
      const ensemble = parseEnsembleLine(text);
      yield { ensemble: ensemble.level === 'unknown' ? { ...ensemble, level: levelInName(path) } : ensemble };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { error: `${path}:${number}: ${error.message}` };
    }
  }
}

/** `test_drug_dft.jsonl.gz` is of level `dft`. */
function levelInName(path: string): TheoryLevel {
  return levelOf(path.split('/').at(-1));
}
