import { UserError } from '../../common/errors.js';
import { formatExtendedXyz, type XyzArray, type XyzStructure } from '../../files/extended-xyz.js';
import { textsOfUnits } from '../units.js';
import { type Geometry, geometryAt } from './geometry.js';
import { type GeometrySet, geometryCount, type NumberColumn, sayWhere } from './geometry-set.js';

/** What stands elsewhere in extended XYZ, so that no key of the comment line and no column can be called so. */
const RESERVED = { ofGraphs: ['Lattice', 'pbc', 'Properties'], ofNodes: ['species', 'pos'] };

/** Columns by name; those of the same name are replaced. */
export interface FurtherColumns {
  readonly ofNodes?: Readonly<Record<string, NumberColumn>>;
  readonly ofGraphs?: Readonly<Record<string, NumberColumn>>;
}

/**
 * A set with further columns, such as predictions.
 * @throws RangeError for a column of another length
 */
export function withColumns(set: GeometrySet, { ofNodes = {}, ofGraphs = {} }: FurtherColumns): GeometrySet {
  const requireRows = (columns: Readonly<Record<string, NumberColumn>>, rows: number): void => {
    for (const [name, { width, data }] of Object.entries(columns))
      if (data.length !== rows * width)
        throw new RangeError(`${name} has ${data.length} numbers for ${rows} rows of ${width}`);
  };
  requireRows(ofNodes, set.species.length);
  requireRows(ofGraphs, geometryCount(set));
  return { ...set, ofNodes: { ...set.ofNodes, ...ofNodes }, ofGraphs: { ...set.ofGraphs, ...ofGraphs } };
}

/**
 * Geometries as extended XYZ with all their columns and texts, for {@link readGeometries} and ASE to read. What a
 * geometry lacks is left out, units of energies and forces that are known are said, a number that is missing among others is `nan`.
 *
 * @throws UserError for names that extended XYZ cannot hold
 */
export const formatGeometries = (geometries: Iterable<Geometry>): string =>
  formatExtendedXyz(Array.from(geometries, structureOfGeometry), { ownNames: true, missing: true });

/** The geometries of a set, one after the other. */
export function* geometriesOf(set: GeometrySet): Generator<Geometry> {
  for (let k = 0; k < geometryCount(set); k++) yield geometryAt(set, k);
}

/** A geometry as a structure of extended XYZ. @throws UserError for names that extended XYZ cannot hold */
export function structureOfGeometry(geometry: Geometry): XyzStructure {
  const { species, positions, cell, periodic, ofNodes = {}, ofGraphs = {}, texts = {}, units = {} } = geometry;
  requireNames(geometry);
  const numbers = Object.entries(ofGraphs).map(([name, row]) => [name, wordsOf(row)]);
  const arrays = Object.entries(ofNodes).map(([name, { width, data }]): [string, XyzArray] => [
    name,
    { columns: width, data: Float64Array.from(data) },
  ]);
  const along = Array.from(periodic ?? [1, 1, 1], (repeats) => (repeats ? 'T' : 'F'));
  return {
    species,
    positions: Float64Array.from(positions),
    arrays: new Map(arrays),
    info: {
      ...(cell && { Lattice: wordsOf(cell) }),
      ...((cell || periodic) && { pbc: along.join(' ') }),
      ...Object.fromEntries(numbers),
      ...textsOfUnits(units),
      ...texts,
    },
  };
}

const wordsOf = (row: ArrayLike<number>): string =>
  Array.from(row, (x) => (Number.isNaN(x) ? 'nan' : Object.is(x, -0) ? '-0' : String(x))).join(' ');

function requireNames({ species, ofNodes = {}, ofGraphs = {}, texts = {}, source }: Geometry): void {
  const refuse = (what: string): never => {
    throw new UserError(`${sayWhere(source)}: extended XYZ cannot hold ${what}; rename it`);
  };
  const atom = species.find((name) => !/^\S+$/.test(name));
  if (atom !== undefined) refuse(`the species "${atom}"`);
  for (const name of Object.keys(ofNodes))
    if (!/^[^\s:="']+$/.test(name) || RESERVED.ofNodes.includes(name)) refuse(`a column named "${name}"`);
  for (const name of [...Object.keys(ofGraphs), ...Object.keys(texts)])
    if (name === '' || RESERVED.ofGraphs.includes(name)) refuse(`a value named "${name}"`);
}
