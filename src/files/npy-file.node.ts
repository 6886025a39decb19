import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from './atomic.node.js';
import { readError } from './file-errors.node.js';
import { decodeNpy, type NpyArray, npyChunks } from './npy.js';

/**
 * Reads a `.npy` file; see {@link decodeNpy}.
 *
 * @throws UserError where the file is missing, unreadable or damaged
 */
export async function readNpyFile(path: string): Promise<NpyArray> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw readError(error, path);
  }
  return decodeNpy(bytes, path);
}

/**
 * Writes a `.npy` file in one step; see {@link writeFileAtomic}.
 *
 * @throws UserError where it cannot be written
 */
export function writeNpyFile(path: string, array: NpyArray): Promise<void> {
  return writeFileAtomic(path, npyChunks(array));
}
