import { UserError } from '../../common/errors.js';
import { type GeometrySet, type GeometrySource, sayWhere } from './geometry-set.js';

/** Numbers of the atoms of one geometry, [atoms, width]. */
export interface GeometryNumbers {
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** One geometry with what is known of it. */
export interface Geometry {
  /** The names of its atoms' species: any text, [atoms]. */
  readonly species: readonly string[];
  /** [atoms, 3], row by row. */
  readonly positions: ArrayLike<number>;
  /** Its cell, row by row a, b, c: 9 numbers. */
  readonly cell?: ArrayLike<number>;
  /** Along which vectors of the cell it repeats, 3 of them; default all where there is a cell. */
  readonly periodic?: ArrayLike<number | boolean>;
  /** Numbers of atoms by name; NaN where some are missing. */
  readonly ofNodes?: Readonly<Record<string, GeometryNumbers>>;
  /** Numbers of the whole geometry by name. */
  readonly ofGraphs?: Readonly<Record<string, ArrayLike<number>>>;
  readonly texts?: Readonly<Record<string, string>>;
  /** Units of its numbers by name, where they are said. */
  readonly units?: Readonly<Record<string, string>>;
  /** What its file names but no column can hold, and why. */
  readonly setAside?: Readonly<Record<string, string>>;
  readonly source: GeometrySource;
}

/** One geometry of a set; its arrays share the set's memory. Columns that it lacks are left out. */
export function geometryAt(set: GeometrySet, index: number): Geometry {
  const [size, start] = [set.sizes[index], set.first[index]];
  const rows = (data: Float64Array, width: number): Float64Array =>
    data.subarray(start * width, (start + size) * width);
  const cell = set.cells?.subarray(9 * index, 9 * index + 9);
  const ofNodes = Object.entries(set.ofNodes).map(([name, { width, data }]): [string, GeometryNumbers] => [
    name,
    { width, data: rows(data, width) },
  ]);
  const ofGraphs = Object.entries(set.ofGraphs).map(([name, { width, data }]): [string, Float64Array] => [
    name,
    data.subarray(width * index, width * (index + 1)),
  ]);
  const texts = Object.entries(set.texts).map(([name, list]): [string, string] => [name, list[index]]);
  return {
    species: Array.from(set.species.subarray(start, start + size), (k) => set.speciesNames[k]),
    positions: rows(set.positions, 3),
    ...(cell?.some((x) => x !== 0) && { cell, periodic: set.periodic?.subarray(3 * index, 3 * index + 3) }),
    ofNodes: Object.fromEntries(ofNodes.filter(([, { data }]) => !isMissing(data))),
    ofGraphs: Object.fromEntries(ofGraphs.filter(([, data]) => !isMissing(data))),
    texts: Object.fromEntries(texts.filter(([, text]) => text !== '')),
    units: set.units,
    source: set.sources[index],
  };
}

const isMissing = (data: ArrayLike<number>): boolean => Array.prototype.every.call(data, Number.isNaN);

/** The place of a geometry as errors name it: `file:line: `, or its number. */
export function errorAt(source: GeometrySource, problem: string): UserError {
  const { file, line } = source;
  if (line !== undefined) return new UserError(problem, { file, line });
  return new UserError(`${sayWhere(source)}: ${problem}`, { file, record: source.frame });
}
