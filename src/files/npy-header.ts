import { UserError } from '../common/errors.js';

/** What the header of a `.npy` file says. */
export interface NpyHeader {
  /** NumPy's name of the element type, such as `<f8`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begin, in bytes. */
  readonly dataStart: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** @throws UserError where the bytes are no `.npy` file of version 1 or 2 with a sound header. */
export function parseNpyHeader(bytes: Uint8Array, source: string): NpyHeader {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new UserError(`${source} is not a .npy file: it does not start with the letters NUMPY`, { file: source });
  }
  const version = bytes[6];
  if (version !== 1 && version !== 2) {
    throw new UserError(`${source} is a .npy file of version ${version}; versions 1 and 2 can be read`, {
      file: source,
    });
  }
  const textStart = version === 1 ? 10 : 12;
  if (bytes.length < textStart)
    throw new UserError(`${source} is cut short: it ends inside its header`, { file: source });
  const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? lengths.getUint16(8, true) : lengths.getUint32(8, true);
  const dataStart = textStart + length;
  if (bytes.length < dataStart) {
    throw new UserError(`${source} is cut short: its header needs ${length} bytes, found ${bytes.length - textStart}`, {
      file: source,
    });
  }
  const text = new TextDecoder('latin1').decode(bytes.subarray(textStart, dataStart));
  return { ...parseDictionary(text, source), dataStart };
}

/** The header's text is a Python dictionary: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`. */
function parseDictionary(text: string, source: string): Omit<NpyHeader, 'dataStart'> {
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const tuple = /['"]shape['"]\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (order === undefined || tuple === undefined) {
    throw new UserError(`${source} has a damaged header: ${JSON.stringify(text.trim().slice(0, 80))}`, {
      file: source,
    });
  }
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1] ?? 'other than one plain number';
  const shape = tuple
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (!shape.every(Number.isSafeInteger))
    throw new UserError(`${source} has a damaged header: shape (${tuple})`, { file: source });
  return { descr, fortranOrder: order === 'True', shape };
}
