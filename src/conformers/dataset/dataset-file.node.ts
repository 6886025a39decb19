import { createHash, type Hash } from 'node:crypto';
import { type StagedFile, stageFile } from '../../files/atomic.node.js';
import { safetensorsChunks } from '../../files/safetensors-chunks.js';
import { type ReadSafetensorsOptions, readSafetensors } from '../../files/safetensors-file.node.js';
import {
  type Dataset,
  type DatasetOrigin,
  datasetMetadata,
  decodeDataset,
  describeEntries,
  type EnsembleEntry,
  entriesOf,
  type SplitName,
} from './dataset.js';
import type { DatasetManifest } from './dataset-manifest.js';
import { encodeTables } from './dataset-tables.js';
import type { Ensemble } from './ensemble.js';

/**
 * Reads a data set of ensembles.
 *
 * @param options `shared`: positions and all else in shared memory, for threads
 * @throws UserError where it is missing, damaged or something else
 */
export async function readDataset(path: string, options: ReadSafetensorsOptions = {}): Promise<Dataset> {
  return decodeDataset(await readSafetensors(path, options), path);
}

/** The manifest that lies beside a data set: with the hash of the file. */
export interface ManifestFile extends DatasetManifest {
  /** SHA-256 of the data set's file, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes a data set of ensembles, and its manifest beside it as `PATH.json`; both whole or not at all.
 *
 * @param splits one an ensemble; all `train` where none are given
 * @throws UserError where it cannot be written, or an ensemble is not sound
 */
export async function writeDataset(
  path: string,
  ensembles: readonly Ensemble[],
  origin: DatasetOrigin = {},
  splits: readonly SplitName[] = ensembles.map(() => 'train'),
): Promise<ManifestFile> {
  return writeDatasetStream(path, entriesOf(ensembles, splits), positionsOf(ensembles), origin);
}

/**
 * The same for positions that come piece by piece.
 *
 * @param positions float32, little-endian: all conformers of the first entry, of the second, and so on
 */
export async function writeDatasetStream(
  path: string,
  entries: readonly EnsembleEntry[],
  positions: AsyncIterable<Uint8Array>,
  origin: DatasetOrigin = {},
): Promise<ManifestFile> {
  const manifest = describeEntries(entries, origin);
  const rows = entries.reduce((sum, entry) => sum + entry.conformerCount * entry.molecule.atomicNumbers.length, 0);
  const tensors = [
    ...encodeTables(entries),
    ['positions', { dtype: 'F32', shape: [rows, 3], chunks: positions }] as const,
  ];
  const hash = createHash('sha256');
  const staged: StagedFile[] = [];
  try {
    staged.push(await stageFile(path, hashed(safetensorsChunks(tensors, datasetMetadata(manifest)), hash)));
    const described = { ...manifest, sha256: hash.digest('hex') };
    staged.push(await stageFile(`${path}.json`, `${JSON.stringify(described, null, 2)}\n`));
    for (const file of staged) await file.commit();
    return described;
  } finally {
    for (const file of staged) await file.discard();
  }
}

async function* positionsOf(ensembles: readonly Ensemble[]): AsyncGenerator<Uint8Array> {
  for (const { conformers } of ensembles) {
    for (const { buffer, byteOffset, byteLength } of conformers) yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
