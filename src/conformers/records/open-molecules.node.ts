import type { ByteStreamOptions } from '../../files/byte-stream.node.js';
import { type OpenedFile, openFormat } from '../../files/open-format.node.js';
import { formatsWith, type Holding, type MoleculeFormat } from '../../molecules/formats/molecule-format.js';
import { type MoleculeRecordResult, placeOf } from '../../molecules/formats/molecule-record.js';
import { moleculeFormats } from './formats.js';

/** A file of molecules that is open for reading. */
export interface OpenedMolecules extends Pick<OpenedFile<MoleculeFormat>, 'format' | 'source' | 'isEmpty'> {
  readonly results: AsyncIterable<MoleculeRecordResult>;
}

/**
 * Opens a file of molecules, plain or gzip, or standard input for `-`, in any format that holds what is needed. Where
 * that is positions in space, records without are errors.
 *
 * @throws UserError where it is missing or unreadable, or of another format
 */
export async function openMolecules(
  path: string,
  need: Holding,
  options?: ByteStreamOptions,
): Promise<OpenedMolecules> {
  const { format, source, isEmpty, bytes } = await openFormat(path, formatsWith(moleculeFormats, need), options);
  const { read } = await format.reader();
  const results = read(bytes, source);
  return { format, source, isEmpty, results: need === 'coordinates' ? inSpace(results) : results };
}

async function* inSpace(results: AsyncIterable<MoleculeRecordResult>): AsyncGenerator<MoleculeRecordResult> {
  for await (const result of results) {
    const isMissing = 'record' in result && result.record.conformers.length === 0;
    yield isMissing ? { error: 'it has no positions in space', where: placeOf(result) } : result;
  }
}
