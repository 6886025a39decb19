import { UserError } from '../common/errors.js';
import { type NpyHeader, parseNpyHeader } from './npy-header.js';

/** Element types that are read and written; all little-endian, as in NumPy's `dtype.str`. Truths are read as bytes. */
export const NPY_DTYPES = {
  '<f8': Float64Array,
  '<f4': Float32Array,
  '<i8': BigInt64Array,
  '<i4': Int32Array,
  '<i2': Int16Array,
  '|i1': Int8Array,
  '<u8': BigUint64Array,
  '<u4': Uint32Array,
  '<u2': Uint16Array,
  '|u1': Uint8Array,
  '|b1': Uint8Array,
} as const;
export type NpyDtype = keyof typeof NPY_DTYPES;
const DTYPES = Object.keys(NPY_DTYPES) as NpyDtype[];
/** The elements of a NumPy array. */
export type NpyData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | BigUint64Array
  | Uint32Array
  | Uint16Array
  | Uint8Array;

/** An array of any number of dimensions, in C order: the last index runs fastest. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: NpyData;
}

/**
 * Decodes a `.npy` file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 and 2).
 * Arrays stored in Fortran order are transposed into C order. The result may share memory with `bytes`.
 *
 * @param source the file's name, for error messages
 * @throws UserError where it is no such file, is cut short or too long, or holds another dtype
 */
export function decodeNpy(bytes: Uint8Array, source = '.npy data'): NpyArray {
  const header = parseNpyHeader(bytes, source);
  const dtype = checkedDtype(header.descr, source);
  const count = header.shape.reduce((product, size) => product * size, 1);
  const expected = count * NPY_DTYPES[dtype].BYTES_PER_ELEMENT;
  const found = bytes.length - header.dataStart;
  if (found !== expected) {
    const state = found < expected ? 'is cut short' : 'is too long';
    throw new UserError(
      `${source} ${state}: shape (${header.shape.join(', ')}) of ${dtype} needs ${expected} bytes of data, found ${found}`,
      { file: source },
    );
  }
  const data = view(dtype, bytes.subarray(header.dataStart));
  return { shape: header.shape, data: header.fortranOrder ? fromFortranOrder(data, header.shape) : data };
}

/** Encodes an array as version 1.0, byte for byte what `numpy.save` writes. */
export function encodeNpy(array: NpyArray): Uint8Array {
  const [header, data] = npyChunks(array);
  const bytes = new Uint8Array(header.length + data.length);
  bytes.set(header, 0);
  bytes.set(data, header.length);
  return bytes;
}

/**
 * The same in two pieces, header and data, for writing large arrays without a copy.
 *
 * @throws RangeError where the shape does not fit the data
 */
export function npyChunks({ shape, data }: NpyArray): [header: Uint8Array, data: Uint8Array] {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== data.length) throw new RangeError(`shape (${shape.join(', ')}) does not fit ${data.length} numbers`);
  return [encodeHeader(dtypeOf(data), shape), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
}

/** The dtype under which an array's numbers are written. */
export function dtypeOf(data: NpyData): NpyDtype {
  const found = DTYPES.find((dtype) => data instanceof NPY_DTYPES[dtype]);
  if (found === undefined) throw new TypeError('numbers of no dtype of NumPy');
  return found;
}

function encodeHeader(dtype: NpyDtype, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // Magic, version and length take 10 bytes; blanks and a newline fill up to a multiple of 64.
  const total = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new TextEncoder().encode(`\0NUMPY\x01\0\0\0${text.padEnd(total - 11)}\n`);
  header[0] = 0x93;
  new DataView(header.buffer).setUint16(8, total - 10, true);
  return header;
}

function checkedDtype(descr: string, source: string): NpyDtype {
  const dtype = DTYPES.find((name) => name === descr);
  if (dtype === undefined) {
    throw new UserError(`${source} holds numbers of dtype ${descr}; only ${DTYPES.join(', ')} can be read`, {
      file: source,
    });
  }
  return dtype;
}

/** Looks at the bytes as numbers, in place where the address allows it. */
function view(dtype: NpyDtype, bytes: Uint8Array): NpyData {
  const Type = NPY_DTYPES[dtype];
  const aligned = bytes.byteOffset % Type.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new Type(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / Type.BYTES_PER_ELEMENT);
}

/** Reorders an array whose first index runs fastest. */
function fromFortranOrder(data: NpyData, shape: NpyHeader['shape']): NpyData {
  const result = data.slice();
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  for (let to = 0; to < data.length; to++) {
    const from = index.reduce((sum, at, axis) => sum + at * strides[axis], 0);
    result[to] = data[from];
    advance(index, shape);
  }
  return result;
}

/** The next index in C order. */
function advance(index: number[], shape: readonly number[]): void {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis]++;
    if (index[axis] < shape[axis]) return;
    index[axis] = 0;
  }
}
