import { UserError } from '../../common/errors.js';
import { chooseFormat, type FormatChoice } from '../../files/file-format.js';
import type { Geometry } from './geometry.js';
import { GeometrySetBuilder } from './geometry-builder.js';
import { type GeometryFormat, geometryFormats } from './geometry-format.js';
import type { GeometrySet } from './geometry-set.js';

/** Any format of geometries will do; what does not say its own is taken for the first. */
export const anyGeometryFormat = (formats: readonly GeometryFormat[]): FormatChoice<GeometryFormat> => ({
  all: formats,
  fit: formats,
  need: 'geometries',
  otherwise: formats[0],
});

/**
 * Reads geometries from what a file holds, plain or gzip, where there is no disk to read it from.
 *
 * @param name the file's name, which says its format, and which messages call it by
 * @throws UserError where it is empty or damaged, or holds what is no geometry, with the line
 */
export async function parseGeometries(
  content: string | Uint8Array,
  name: string,
  formats: readonly [GeometryFormat, ...GeometryFormat[]] = geometryFormats,
): Promise<GeometrySet> {
  const given = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const bytes = given[0] === 0x1f && given[1] === 0x8b ? await unpacked(given, name) : given;
  const builder = new GeometrySetBuilder();
  await addGeometries(builder, {
    format: chooseFormat(name, bytes, anyGeometryFormat(formats)),
    source: name,
    isEmpty: bytes.length === 0,
    bytes: piecesOf(bytes),
  });
  return builder.build();
}

/** What a file of geometries holds. */
export interface OpenGeometries {
  readonly format: GeometryFormat;
  readonly source: string;
  readonly isEmpty: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The geometries of a file, one after the other. @throws UserError where there is none, and as its format says */
export async function* geometriesIn({ format, source, isEmpty, bytes }: OpenGeometries): AsyncGenerator<Geometry> {
  const { read } = await format.load();
  let isThere = false;
  for await (const geometry of read(bytes, source)) {
    isThere = true;
    yield geometry;
  }
  if (isThere) return;
  throw new UserError(`${source}: ${isEmpty ? 'the file is empty' : 'the file has no geometry'}`, { file: source });
}

/** Adds the geometries of a file to a set. @throws UserError as {@link geometriesIn} */
export async function addGeometries(builder: GeometrySetBuilder, opened: OpenGeometries): Promise<void> {
  for await (const geometry of geometriesIn(opened)) builder.add(geometry);
}

async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const { gunzipSync } = await import('fflate');
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new UserError(`${name}: the gzip file is damaged or cut short`, { file: name, cause });
  }
}

/** In pieces, so that a text of any length can be decoded. */
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = 2 ** 20;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
