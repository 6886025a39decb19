import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../common/errors.js';
import { errorCode, readError } from './file-errors.node.js';

export interface ByteStreamOptions {
  /** Called with each piece of the file as it lies on the disk, for progress and hashes. */
  readonly onRead?: (bytes: Uint8Array) => void;
}

/**
 * The bytes of a file, piece by piece; of a gzip file (told by its first bytes) what it holds.
 *
 * @throws UserError where the file is missing, unreadable, or damaged gzip
 */
export async function* byteStream(path: string, { onRead }: ByteStreamOptions = {}): AsyncGenerator<Uint8Array> {
  try {
    const raw = Readable.from(observed(path, onRead), { objectMode: false });
    if (!(await isGzip(path))) yield* raw;
    else yield* pipeline(raw, createGunzip(), () => {});
  } catch (error) {
    throw gzipError(error, path) ?? readError(error, path);
  }
}

async function* observed(path: string, onRead: ByteStreamOptions['onRead']): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path)) {
    onRead?.(chunk);
    yield chunk;
  }
}

async function isGzip(path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file?.close();
  }
}

function gzipError(error: unknown, path: string): UserError | undefined {
  const code = errorCode(error);
  if (code === 'Z_BUF_ERROR') return new UserError(`${path}: the gzip file is cut short`, { file: path, cause: error });
  if (code === 'Z_DATA_ERROR') return new UserError(`${path}: damaged gzip file`, { file: path, cause: error });
  return undefined;
}
