import type { ByteStreamOptions } from '../../files/byte-stream.node.js';
import { openFormat } from '../../files/open-format.node.js';
import { formatsWith, type Holding, type MoleculeFormat } from '../../molecules/formats/molecule-format.js';
import type { MoleculeRecordResult } from '../../molecules/formats/molecule-record.js';
import { moleculeFormats } from './formats.js';

/** A file of molecules that is open for reading. */
export interface OpenedMolecules {
  readonly format: MoleculeFormat;
  readonly source: string;
  readonly isEmpty: boolean;
  readonly results: AsyncIterable<MoleculeRecordResult>;
}

/**
 * Opens a file of molecules, plain or gzip, or standard input for `-`, in any format that holds what is needed.
 *
 * @throws UserError where it is missing or unreadable, or of another format
 */
export async function openMolecules(
  path: string,
  need: Holding,
  options?: ByteStreamOptions,
): Promise<OpenedMolecules> {
  const { bytes, ...opened } = await openFormat(path, formatsWith(moleculeFormats, need), options);
  const { read } = await opened.format.reader();
  return { ...opened, results: read(bytes, opened.source) };
}
