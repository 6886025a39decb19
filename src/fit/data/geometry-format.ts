import type { FileFormat } from '../../files/file-format.js';
import { beginsLikeZip } from '../../files/zip.js';
import type { Geometry } from './geometry.js';

/** A format of files of geometries: what is said of it here, and its code, loaded when such a file is read. */
export interface GeometryFormat extends FileFormat {
  /** Loads its reader. */
  readonly load: () => Promise<GeometryReader>;
}

/** Reads a format: a module that exports this. */
export interface GeometryReader {
  /**
   * All geometries of a file, one after the other.
   *
   * @param bytes what it holds, unpacked
   * @param source the file's name, for error messages
   * @throws UserError with the place of what cannot be read
   */
  read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncIterable<Geometry>;
}

/** Extended XYZ (https://github.com/libAtoms/extxyz), a structure a geometry. */
const extendedXyz: GeometryFormat = {
  title: 'extended XYZ',
  endings: ['.xyz', '.extxyz'],
  load: () => import('./extended-xyz-geometries.js'),
};

/** NumPy's archives of arrays, in the layouts of rMD17 and MD17. */
const npz: GeometryFormat = {
  title: 'NumPy archives',
  endings: ['.npz'],
  beginsLike: beginsLikeZip,
  load: () => import('./npz-geometries.js'),
};

/** A geometry a line, as JSON. */
const jsonLines: GeometryFormat = {
  title: 'JSON lines',
  endings: ['.jsonl', '.ndjson', '.json'],
  beginsLike: ([first]) => first === 0x7b,
  load: () => import('./json-lines-geometries.js'),
};

/** Every format of geometries; the first is that of files that do not say theirs. */
export const geometryFormats: readonly [GeometryFormat, ...GeometryFormat[]] = [extendedXyz, npz, jsonLines];
