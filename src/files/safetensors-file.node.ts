import { type FileHandle, open, readdir } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import { writeFileAtomic } from './atomic.node.js';
import { errorCode, readError } from './file-errors.node.js';
import { encodeSafetensors, type SafetensorsFile, type StoredTensor } from './safetensors.js';
import { typedArray } from './safetensors-dtypes.js';
import { type Header, headerLength, readHeader } from './safetensors-header.js';

/** How {@link readSafetensors} reads. */
export interface ReadSafetensorsOptions {
  /** Puts the arrays into shared memory, so that threads may have them without a copy. */
  readonly shared?: boolean;
}

/** What weights are called in the folder of a training run. */
const WEIGHTS = 'weights.safetensors';

/** The most that is asked of the system at once, in bytes: some read no more than 2 GiB. */
const LARGEST_READ = 2 ** 30;

/**
 * Reads a safetensors file from disk, each array straight to where it will stay: files may be larger than half of the
 * memory, and than the 2 GiB of Node's own readFile.
 *
 * @throws UserError where it is missing, unreadable or damaged
 */
export async function readSafetensors(
  path: string,
  { shared = false }: ReadSafetensorsOptions = {},
): Promise<SafetensorsFile> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { entries, metadata, dataStart } = await readFileHeader(file, path);
    const tensors = new Map<string, StoredTensor>();
    for (const { name, dtype, shape, begin, end } of entries) {
      const buffer = shared ? new SharedArrayBuffer(end - begin) : new ArrayBuffer(end - begin);
      await fill(file, new Uint8Array(buffer), dataStart + begin, path);
      tensors.set(name, typedArray(dtype, shape, buffer));
    }
    return { tensors, metadata };
  } catch (error) {
    throw (await weightsInFolder(error, path)) ?? readError(error, path);
  } finally {
    await file?.close();
  }
}

/** The error for a folder of a training run in the place of its weights; undefined for anything else. */
async function weightsInFolder(error: unknown, path: string): Promise<UserError | undefined> {
  if (errorCode(error) !== 'EISDIR') return undefined;
  const found = await readdir(path).catch((): string[] => []);
  if (!found.includes(WEIGHTS)) return undefined;
  return new UserError(`${path} is a folder; use the ${WEIGHTS} in it`, { file: path, cause: error });
}

async function readFileHeader(file: FileHandle, path: string): Promise<Header> {
  const { size } = await file.stat();
  const start = await fill(file, new Uint8Array(Math.min(9, size)), 0, path);
  const length = headerLength(start, path, size);
  return readHeader(await fill(file, new Uint8Array(8 + length), 0, path), path, size);
}

async function fill(file: FileHandle, bytes: Uint8Array, position: number, path: string): Promise<Uint8Array> {
  let done = 0;
  while (done < bytes.length) {
    const length = Math.min(LARGEST_READ, bytes.length - done);
    const { bytesRead } = await file.read(bytes, done, length, position + done);
    if (bytesRead === 0) throw new UserError(`${path}: the file became shorter while it was read`, { file: path });
    done += bytesRead;
  }
  return bytes;
}

/** Writes a safetensors file, whole or not at all. */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<readonly [string, StoredTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeFileAtomic(path, encodeSafetensors(tensors, metadata));
}
