import { createHash } from 'node:crypto';
import { stageFile } from '../files/atomic.js';
import { encodeSafetensors } from '../files/safetensors.js';
import { type ReadSafetensorsOptions, readSafetensors } from '../files/safetensors-file.js';
import { type Dataset, type DatasetOrigin, decodeDataset, encodeDataset, type SplitName } from './dataset.js';
import type { DatasetManifest } from './dataset-manifest.js';
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
 * @throws UserError where it cannot be written
 */
export async function writeDataset(
  path: string,
  ensembles: readonly Ensemble[],
  origin: DatasetOrigin = {},
  splits?: readonly SplitName[],
): Promise<ManifestFile> {
  const { tensors, metadata } = encodeDataset(ensembles, origin, splits);
  const bytes = encodeSafetensors(tensors, metadata);
  const { manifest } = decodeDataset({ tensors, metadata }, path);
  const described = { ...manifest, sha256: createHash('sha256').update(bytes).digest('hex') };
  const files = [
    await stageFile(path, bytes),
    await stageFile(`${path}.json`, `${JSON.stringify(described, null, 2)}\n`),
  ];
  try {
    for (const file of files) await file.commit();
  } finally {
    for (const file of files) await file.discard();
  }
  return described;
}
