import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../../common/errors.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import { readError } from '../../files/file-errors.node.js';
import { formatByName, titlesOf } from '../../files/file-format.js';
import { type OpenFormatOptions, openFormat } from '../../files/open-format.node.js';
import type { Geometry } from './geometry.js';
import { GeometrySetBuilder } from './geometry-builder.js';
import { type GeometryFormat, geometryFormats } from './geometry-format.js';
import type { GeometrySet } from './geometry-set.js';
import { addGeometries, anyGeometryFormat, geometriesIn } from './parse-geometries.js';

/** How {@link readGeometries} reads. */
export interface ReadGeometriesOptions extends Omit<OpenFormatOptions, 'again'> {
  /** The formats that files may have; default all that there are. */
  readonly formats?: readonly [GeometryFormat, ...GeometryFormat[]];
}

/**
 * The files of geometries at some paths: files as they are given, and of folders those in a format of geometries, in
 * the order of their names.
 * @throws UserError where there is none, and for a file that is named twice
 */
export async function findGeometryFiles(
  paths: readonly string[],
  formats: readonly GeometryFormat[] = geometryFormats,
): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await filesAt(path, formats)));
  const places = files.map((file) => resolve(file));
  const twice = files.find((_, k) => places.indexOf(places[k]) !== k);
  if (twice !== undefined) throw new UserError(`${twice} is named twice`, { file: twice });
  return files;
}

async function filesAt(path: string, formats: readonly GeometryFormat[]): Promise<string[]> {
  if (path === STANDARD) return [path];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).sort().filter((name) => formatByName(formats, name));
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (error) {
    throw readError(error, path);
  }
  throw new UserError(`${path}: the folder has no file of geometries; give ${titlesOf(formats)}`, { file: path });
}

/**
 * Reads geometries from files, plain or gzip, and from folders of them, `-` for standard input, as one set.
 *
 * @throws UserError where one is missing, empty or damaged, or holds what is no geometry, with file and line
 */
export async function readGeometries(
  paths: readonly string[],
  { formats = geometryFormats, ...options }: ReadGeometriesOptions = {},
): Promise<GeometrySet> {
  const builder = new GeometrySetBuilder();
  for (const file of await findGeometryFiles(paths, formats))
    await addGeometries(builder, await openFormat(file, anyGeometryFormat(formats), options));
  return builder.build();
}

/**
 * The geometries of one file, plain or gzip, `-` for standard input, one after the other: no more than one is held.
 *
 * @throws UserError as {@link readGeometries}
 */
export async function* streamGeometries(
  path: string,
  { formats = geometryFormats, ...options }: ReadGeometriesOptions = {},
): AsyncGenerator<Geometry> {
  yield* geometriesIn(await openFormat(path, anyGeometryFormat(formats), options));
}
