import { UserError } from '../../common/errors.js';
import type { ByteStreamOptions } from '../../files/byte-stream.node.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { ensembleRecord, levelOf, type RecordResult } from './ensemble-record.js';
import { fitRecord } from './fit-record.js';
import { joinConformers } from './join-conformers.js';
import { openMolecules } from './open-molecules.node.js';

/**
 * Reads the ensembles of a file of conformers, in any format that holds positions in space, plain or gzip; `-` is
 * standard input. Files are streamed: one record at a time is in memory, but for a data set. Where a record does not
 * name its level of theory, the file's name may (`test_drug_dft.jsonl`).
 *
 * @throws UserError where the file is missing, of another kind, damaged or cut short
 */
export async function* readRecords(path: string, options?: ByteStreamOptions): AsyncGenerator<RecordResult> {
  const ofFile = levelOf(path.split(/[\\/]/).at(-1));
  const { format, source, isEmpty, results } = await openMolecules(path, 'coordinates', options);
  if (isEmpty) throw new UserError(`${source}: the file is empty`);
  for await (const result of format.holds.includes('ensembles') ? results : joinConformers(results)) {
    yield 'error' in result ? result : { record: ensembleRecord(result.record, ofFile), where: result.where };
  }
}

/** What {@link readEnsembles} finds: an ensemble, or what is wrong with a record and where it is. */
export type ReadResult = { readonly ensemble: Ensemble } | { readonly error: string };

/**
 * Reads the ensembles of a file of any kind that {@link readRecords} knows, each conformer checked; see
 * {@link fitRecord}. A record none of whose conformers is right is reported like one that cannot be read.
 */
export async function* readEnsembles(path: string, options?: ByteStreamOptions): AsyncGenerator<ReadResult> {
  for await (const result of readRecords(path, options)) {
    if ('error' in result) yield { error: `${result.where}: ${result.error}` };
    else {
      try {
        const { ensembles, faults } = fitRecord(result.record);
        if (ensembles.length === 0) yield { error: `${result.where}: no valid conformer: ${describe(faults)}` };
        for (const ensemble of ensembles) yield { ensemble };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        yield { error: `${result.where}: ${error.message}` };
      }
    }
  }
}

function describe(faults: Readonly<Record<string, number>>): string {
  return Object.entries(faults)
    .map(([fault, count]) => `${count} × ${fault}`)
    .join(', ');
}
