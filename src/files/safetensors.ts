import { DTYPES, type Dtype, isDtype, type StoredTensor, typedArray } from './safetensors-dtypes.js';
import { readHeader } from './safetensors-header.js';
import { layOut } from './safetensors-layout.js';

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
  const { header, sorted } = layOut(tensors, metadata);
  for (const [name, tensor] of sorted) checkTensor(name, tensor);
  const total = sorted.reduce((sum, [, tensor]) => sum + tensor.data.byteLength, 0);
  const out = new Uint8Array(header.length + total);
  out.set(header);
  let offset = header.length;
  for (const [, { data }] of sorted) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return out;
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
