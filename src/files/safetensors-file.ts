import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from './atomic.js';
import { readError } from './file-errors.js';
import { decodeSafetensors, encodeSafetensors, type SafetensorsFile, type StoredTensor } from './safetensors.js';

/** Reads a safetensors file from disk; a UserError where it is missing, unreadable or damaged. */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  return decodeSafetensors(bytes, path);
}

/** Writes a safetensors file, whole or not at all. */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<readonly [string, StoredTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeFileAtomic(path, encodeSafetensors(tensors, metadata));
}
