import { UserError } from '../../common/errors.js';
import type { ByteStreamOptions } from '../../files/byte-stream.node.js';
import type { Ensemble } from '../dataset/ensemble.js';
import type { EnsembleRecord } from '../records/ensemble-record.js';
import { fitRecord } from '../records/fit-record.js';
import { readRecords } from '../records/read-records.node.js';

/** What {@link readReferences} takes up. */
export interface ReadReferencesOptions extends ByteStreamOptions {
  /** Only the first so many molecules. */
  readonly limit?: number;
  /** Called with what is wrong with a record, or with conformers of it, that are left out. */
  readonly onFault?: (message: string) => void;
}

/**
 * Reference ensembles from a file of any kind that {@link readRecords} knows.
 *
 * @throws UserError where it cannot be read or holds no molecule
 */
export async function readReferences(path: string, options: ReadReferencesOptions = {}): Promise<Ensemble[]> {
  const { limit = Number.POSITIVE_INFINITY, onFault, ...reading } = options;
  const found: Ensemble[] = [];
  for await (const result of readRecords(path, reading)) {
    if (found.length >= limit) break;
    if ('error' in result) onFault?.(`${result.where}: ${result.error}`);
    else found.push(...ensemblesOf(result.record, (message) => onFault?.(`${result.where}: ${message}`)));
  }
  if (found.length === 0) throw new UserError(`${path} holds no reference molecules`, { file: path });
  return found.slice(0, limit);
}

function ensemblesOf(record: EnsembleRecord, onFault: (message: string) => void): readonly Ensemble[] {
  try {
    const { ensembles, faults } = fitRecord(record);
    const left = Object.entries(faults).map(([fault, count]) => `${count} of ${record.conformers.length}: ${fault}`);
    if (left.length > 0) onFault(`reference conformers omitted, ${left.join(', ')}`);
    return ensembles;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    onFault(error.message);
    return [];
  }
}
