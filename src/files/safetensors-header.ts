import { show } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import { DTYPES, type Dtype, isDtype } from './safetensors-dtypes.js';

/** Where one array lies: bytes from `begin` to `end`, counted from the end of the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The byte of the file where the arrays begin. */
  readonly dataStart: number;
}

/** The format's own limit. */
const LARGEST_HEADER = 100_000_000;

/**
 * Reads and checks the header of a safetensors file; throws UserError where it is not sound.
 *
 * @param bytes the file, or its beginning with the whole header
 * @param fileSize in bytes
 */
export function readHeader(bytes: Uint8Array, source: string, fileSize: number = bytes.length): Header {
  const length = headerLength(bytes, source, fileSize);
  const json = parseHeader(bytes.subarray(8, 8 + length), source);
  const dataStart = 8 + length;
  const entries: HeaderEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') metadata = readMetadata(value, source);
    else entries.push(readEntry(name, value, source));
  }
  checkLayout(entries, fileSize - dataStart, source);
  return { entries, metadata, dataStart };
}

/** The length of the header in bytes, from the first nine of the file. */
export function headerLength(bytes: Uint8Array, source: string, fileSize: number): number {
  if (bytes.length < 9)
    throw new UserError(`${source}: not a safetensors file, it has only ${bytes.length} bytes`, { file: source });
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > LARGEST_HEADER || bytes[8] !== 0x7b) {
    throw new UserError(`${source}: not a safetensors file (${whatItIs(bytes)})`, { file: source });
  }
  if (Number(length) > fileSize - 8) {
    throw new UserError(
      `${source}: the file is cut short: its header takes ${length} bytes, ${fileSize - 8} are left`,
      { file: source },
    );
  }
  return Number(length);
}

/** PyTorch's own files are ZIP archives, those of old versions pickles. */
function whatItIs(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const isPickle = bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
  return isZip || isPickle
    ? 'it looks like one of torch.save; write it by save_file of safetensors.torch, see docs/from-pytorch.md'
    : 'it does not start with a header of that format';
}

function parseHeader(bytes: Uint8Array, source: string): Record<string, unknown> {
  try {
    return record(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw new UserError(`${source}: damaged safetensors file: its header is not a JSON object`, {
      file: source,
      cause,
    });
  }
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
  return Object.fromEntries(Object.entries(value));
}

function readMetadata(value: unknown, source: string): Record<string, string> {
  const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  const texts = pairs?.flatMap(([key, text]): [string, string][] => (typeof text === 'string' ? [[key, text]] : []));
  if (pairs === undefined || texts?.length !== pairs.length) {
    throw new UserError(`${source}: damaged safetensors file: __metadata__ must map names to text`, { file: source });
  }
  return Object.fromEntries(texts);
}

function readEntry(name: string, value: unknown, source: string): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = record(typeof value === 'object' ? (value ?? {}) : {});
  const where = `${source}: tensor ${show(name)}`;
  if (!isDtype(dtype)) throw new UserError(`${where} ${dtypeProblem(dtype)}`);
  if (!isSizes(shape)) throw new UserError(`${where} has the shape ${show(shape)}; expected a list of sizes`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new UserError(`${where} has the data_offsets ${show(offsets)}; expected two byte positions`);
  }
  const [begin = 0, end = 0] = offsets;
  const wanted = shape.reduce((product, size) => product * size, DTYPES[dtype].bytes);
  if (end - begin !== wanted) {
    throw new UserError(`${where}: ${dtype} of shape [${shape.join(', ')}] takes ${wanted} bytes, not ${end - begin}`);
  }
  return { name, dtype, shape, begin, end };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function dtypeProblem(dtype: unknown): string {
  const cure = 'convert it before saving, in PyTorch: {name: t.float() for name, t in tensors.items()}';
  return `has the dtype ${show(dtype)}, clofnet reads F32, F64, I64, I32, I8 and U8; ${cure}`;
}

/** The arrays must fill the rest of the file one after the other, without holes and overlaps, as the format says. */
function checkLayout(entries: HeaderEntry[], available: number, source: string): void {
  const ordered = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let expected = 0;
  for (const { name, begin, end } of ordered) {
    if (end > available) {
      const short = `tensor ${show(name)} ends at byte ${end} of the data, ${available} are there`;
      throw new UserError(`${source}: the file is cut short: ${short}`, { file: source });
    }
    if (begin !== expected) {
      const wrong = begin < expected ? 'overlaps another' : 'leaves a hole before it';
      throw new UserError(`${source}: damaged safetensors file: tensor ${show(name)} ${wrong}`, { file: source });
    }
    expected = end;
  }
  if (expected !== available) {
    throw new UserError(
      `${source}: damaged safetensors file: ${available - expected} bytes at its end belong to nothing`,
      { file: source },
    );
  }
}
