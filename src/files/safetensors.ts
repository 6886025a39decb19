import { DTYPES, type Dtype, isDtype, type StoredTensor, typedArray } from './safetensors-dtypes.js';
import { readHeader } from './safetensors-header.js';

export type { Dtype, StoredTensor } from './safetensors-dtypes.js';

/** What a safetensors file holds: named arrays, and settings as text. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Decodes a safetensors file (https://huggingface.co/docs/safetensors): 8 bytes with the header's length, a JSON
 * header, then the arrays, little-endian. The arrays are copies; `bytes` is free to go.
 *
 * @param source the file's name, for error messages
 * @throws UserError where the file is cut short, damaged, hostile, or holds a dtype other than F32, F64, I64, I32, I8, U8
 */
export function decodeSafetensors(bytes: Uint8Array, source = 'safetensors data'): SafetensorsFile {
  const { entries, metadata, dataStart } = readHeader(bytes, source);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    // A copy that owns its buffer: `slice` of a Node Buffer would be a view.
    const own = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, typedArray(dtype, shape, own.buffer));
  }
  return { tensors, metadata };
}

/**
 * Encodes arrays as a safetensors file. Arrays are laid out by falling element size and then by name, as the format
 * asks, so the same content gives the same bytes whatever its order.
 *
 * @throws TypeError where an array does not fit its dtype or shape, or a name is used twice
 */
export function encodeSafetensors(
  tensors: Iterable<readonly [string, StoredTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = [...tensors].sort(byAlignmentThenName);
  const header = encodeHeader(sorted, metadata);
  const total = sorted.reduce((sum, [, tensor]) => sum + tensor.data.byteLength, 0);
  const out = new Uint8Array(8 + header.length + total);
  new DataView(out.buffer).setBigUint64(0, BigInt(header.length), true);
  out.set(header, 8);
  let offset = 8 + header.length;
  for (const [, { data }] of sorted) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return out;
}

type Entry = readonly [string, StoredTensor];

function byAlignmentThenName([nameA, a]: Entry, [nameB, b]: Entry): number {
  return DTYPES[b.dtype].bytes - DTYPES[a.dtype].bytes || (nameA < nameB ? -1 : nameA > nameB ? 1 : 0);
}

/** The header as UTF-8, padded with spaces so that the arrays start on a multiple of 8 bytes. */
function encodeHeader(tensors: readonly Entry[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(['__metadata__', metadata]);
  const seen = new Set(['__metadata__']);
  let offset = 0;
  for (const [name, tensor] of tensors) {
    if (seen.has(name)) throw new TypeError(`two tensors are called ${name}`);
    seen.add(name);
    checkTensor(name, tensor);
    const end = offset + tensor.data.byteLength;
    header.push([name, { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  return padded;
}

function checkTensor(name: string, { dtype, shape, data }: StoredTensor): void {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!isDtype(dtype) || !(data instanceof DTYPES[dtype].array)) {
    throw new TypeError(`tensor ${name}: the array is not of dtype ${dtype satisfies Dtype}`);
  }
  if (count !== data.length) {
    throw new TypeError(`tensor ${name}: shape [${shape.join(', ')}] takes ${count} numbers, not ${data.length}`);
  }
}
