import { createReadStream } from 'node:fs';
import { addAbortSignal, pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../common/errors.js';
import { errorCode, readError } from './file-errors.node.js';

/** How {@link byteStream} reads. */
export interface ByteStreamOptions {
  /** Called with each piece of the file as it lies on the disk, for progress and hashes. */
  readonly onRead?: (bytes: Uint8Array) => void;
  /** Ends the wait for standard input. */
  readonly signal?: AbortSignal;
}

/** The name of standard input, and of standard output. */
export const STANDARD = '-';

/** What messages call a file, or `-`. */
export const sourceName = (path: string): string => (path === STANDARD ? 'standard input' : path);

/**
 * The bytes of a file, or of standard input for `-`, piece by piece; of gzip (recognized by its first bytes) what it
 * holds.
 *
 * @throws UserError where the file is missing, unreadable, or damaged gzip
 */
export async function* byteStream(path: string, options: ByteStreamOptions = {}): AsyncGenerator<Uint8Array> {
  try {
    const { start, all } = await begun(observed(path, options), 2);
    if (start[0] !== 0x1f || start[1] !== 0x8b) yield* all;
    else yield* pipeline(Readable.from(all, { objectMode: false }), createGunzip(), () => {});
  } catch (error) {
    throw gzipError(error, sourceName(path)) ?? readError(error, path);
  }
}

async function* observed(path: string, { onRead, signal }: ByteStreamOptions): AsyncGenerator<Uint8Array> {
  const input = path === STANDARD ? process.stdin : createReadStream(path);
  for await (const chunk of signal && path === STANDARD ? addAbortSignal(signal, input) : input) {
    onRead?.(chunk);
    yield chunk;
  }
}

/** What a stream begins with, so many bytes or more where it has them, and the whole stream. */
export async function begun(
  bytes: AsyncGenerator<Uint8Array>,
  least: number,
): Promise<{ readonly start: Uint8Array; readonly all: AsyncGenerator<Uint8Array> }> {
  let start: Uint8Array = new Uint8Array();
  while (start.length < least) {
    const { value, done } = await bytes.next();
    if (done) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  return { start, all: resumed(start, bytes) };
}

async function* resumed(start: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function gzipError(error: unknown, source: string): UserError | undefined {
  const code = errorCode(error);
  if (code === 'Z_BUF_ERROR')
    return new UserError(`${source}: the gzip file is cut short`, { file: source, cause: error });
  if (code === 'Z_DATA_ERROR') return new UserError(`${source}: damaged gzip file`, { file: source, cause: error });
  return undefined;
}
