import { DTYPES, type Dtype } from './safetensors-dtypes.js';

/** What a file's header says of an array. */
export interface TensorForm {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** The bytes that an array takes. */
export function byteLength({ dtype, shape }: TensorForm): number {
  return shape.reduce((product, size) => product * size, DTYPES[dtype].bytes);
}

/**
 * The order of the arrays in a safetensors file, by falling element size and then by name, and all that comes before
 * them: the length of the header and the header, padded with spaces so that the arrays start on a multiple of 8 bytes.
 *
 * @throws TypeError where a name is used twice
 */
export function layOut<T extends TensorForm>(
  tensors: Iterable<readonly [string, T]>,
  metadata: Readonly<Record<string, string>>,
): { header: Uint8Array; sorted: (readonly [string, T])[] } {
  const sorted = [...tensors].sort(byAlignmentThenName);
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(['__metadata__', metadata]);
  const seen = new Set(['__metadata__']);
  let offset = 0;
  for (const [name, tensor] of sorted) {
    if (seen.has(name)) throw new TypeError(`two tensors are called ${name}`);
    seen.add(name);
    const end = offset + byteLength(tensor);
    header.push([name, { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  return { header: encodeHeader(JSON.stringify(Object.fromEntries(header))), sorted };
}

function encodeHeader(json: string): Uint8Array {
  const text = new TextEncoder().encode(json);
  const length = Math.ceil(text.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, 8);
  return header;
}

type Entry = readonly [string, TensorForm];

function byAlignmentThenName([nameA, a]: Entry, [nameB, b]: Entry): number {
  return DTYPES[b.dtype].bytes - DTYPES[a.dtype].bytes || (nameA < nameB ? -1 : nameA > nameB ? 1 : 0);
}
