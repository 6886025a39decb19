import { unzipSync } from 'fflate';
import { UserError } from '../common/errors.js';
import { decodeNpy, NPY_DTYPES, type NpyArray } from './npy.js';
import { parseNpyHeader } from './npy-header.js';
import { beginsLikeZip } from './zip.js';

/** An array of text in a `.npz` file. */
export interface NpyText {
  readonly shape: readonly number[];
  readonly data: readonly string[];
}

/** What a `.npz` file holds: arrays by name. */
export interface NpzFile {
  readonly arrays: ReadonlyMap<string, NpyArray>;
  readonly texts: ReadonlyMap<string, NpyText>;
  /** The dtypes of arrays that are neither numbers nor text that can be read. */
  readonly others: ReadonlyMap<string, string>;
}

/**
 * Decodes a `.npz` file: a zip archive, packed or not, of `.npy` files, as `numpy.savez` and `numpy.savez_compressed`
 * write it.
 *
 * @param source the file's name, for error messages
 * @throws UserError where it is no zip archive or is damaged, and for numbers that are cut short
 */
export function decodeNpz(bytes: Uint8Array, source: string): NpzFile {
  const arrays = new Map<string, NpyArray>();
  const texts = new Map<string, NpyText>();
  const others = new Map<string, string>();
  for (const [file, content] of Object.entries(unzip(bytes, source))) {
    const name = file.replace(/\.npy$/, '');
    const place = `${source}, array ${name},`;
    const { descr, shape, dataStart } = parseNpyHeader(content, place);
    const letters = /^<U(\d+)$/.exec(descr) ?? /^\|S(\d+)$/.exec(descr);
    if (Object.hasOwn(NPY_DTYPES, descr)) arrays.set(name, decodeNpy(content, place));
    else if (letters) texts.set(name, { shape, data: textsIn(content.subarray(dataStart), descr, Number(letters[1])) });
    else others.set(name, descr);
  }
  return { arrays, texts, others };
}

function unzip(bytes: Uint8Array, source: string): Readonly<Record<string, Uint8Array>> {
  if (!beginsLikeZip(bytes)) throw new UserError(`${source} is not a .npz file: no zip archive`, { file: source });
  try {
    return unzipSync(bytes, { filter: ({ name }) => name.endsWith('.npy') });
  } catch (error) {
    throw new UserError(`${source}: the .npz file is damaged or cut short`, { file: source, cause: error });
  }
}

/** Texts of one length, filled up with zeros: of 4 bytes a letter (`<U`) or of 1 (`|S`). */
function textsIn(bytes: Uint8Array, descr: string, length: number): string[] {
  const size = descr.startsWith('<U') ? 4 : 1;
  const count = length === 0 ? 0 : Math.floor(bytes.length / (size * length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letter = (k: number): number => (size === 4 ? view.getUint32(4 * k, true) : bytes[k]);
  return Array.from({ length: count }, (_, text) => {
    const codes = Array.from({ length }, (_, k) => letter(text * length + k)).filter((code) => code !== 0);
    return codes.map((code) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')).join('');
  });
}
