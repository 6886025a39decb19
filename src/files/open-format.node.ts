import { UserError } from '../common/errors.js';
import { type ByteStreamOptions, begun, byteStream, STANDARD, sourceName } from './byte-stream.node.js';
import { chooseFormat, type FileFormat, type FormatChoice } from './file-format.js';

export interface OpenFormatOptions extends ByteStreamOptions {
  /** Whether it is to be read more than once: standard input is then kept in memory. */
  readonly again?: boolean;
}

/** A file that is open for reading. */
export interface OpenedFile<F extends FileFormat> {
  readonly format: F;
  /** What messages call it. */
  readonly source: string;
  readonly isEmpty: boolean;
  /** What it holds, unpacked. */
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** The same from the start; of standard input only where that was requested. */
  readonly again: () => AsyncIterable<Uint8Array>;
}

/**
 * Opens a file, plain or gzip, or standard input for `-`, in whichever of the formats that will do it has.
 *
 * @throws UserError where it is missing or unreadable, of another format, or an archive of files
 */
export async function openFormat<F extends FileFormat>(
  path: string,
  choice: FormatChoice<F>,
  options: OpenFormatOptions = {},
): Promise<OpenedFile<F>> {
  const source = sourceName(path);
  const open = await opener(path, options);
  const { start, all } = await begun(open(), 4096);
  try {
    if (isTar(start)) throw new UserError(`${source} is a tar archive; unpack it first: tar xzf ${source}`);
    const format = chooseFormat(source, start, choice);
    return { format, source, isEmpty: start.length === 0, bytes: all, again: open };
  } catch (error) {
    // A generator that has not begun would not run its end.
    await all.next();
    await all.return(undefined);
    throw error;
  }
}

async function opener(path: string, options: OpenFormatOptions): Promise<() => AsyncGenerator<Uint8Array>> {
  if (path !== STANDARD || !options.again) return () => byteStream(path, options);
  const kept: Uint8Array[] = [];
  for await (const part of byteStream(path, options)) kept.push(part);
  return async function* () {
    yield* kept;
  };
}

/** A tar archive, as GEOM is delivered in. */
const isTar = (start: Uint8Array): boolean => new TextDecoder().decode(start.slice(257, 262)) === 'ustar';
