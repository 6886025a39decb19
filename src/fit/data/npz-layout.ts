import { UserError } from '../../common/errors.js';
import { listed } from '../../files/file-format.js';
import type { NpyArray } from '../../files/npy.js';
import type { NpzFile } from '../../files/npz.js';
import { elementSymbol } from '../../molecules/elements.js';

/** What files call positions, species and cells. */
const POSITIONS = ['coords', 'R', 'positions', 'pos'];
const NUMBERS = ['nuclear_charges', 'z', 'Z', 'numbers', 'atomic_numbers'];
const SYMBOLS = ['species', 'symbols', 'elements'];
const CELLS = ['cell', 'cells', 'lattice', 'Lattice'];
const PERIODIC = ['pbc'];

/** The names of arrays that say where atoms are and what they are, rather than anything of them. */
export const LAYOUT_NAMES: readonly string[] = [...POSITIONS, ...NUMBERS, ...SYMBOLS, ...CELLS, ...PERIODIC];

/** Where the atoms of a `.npz` file are, and what they are. */
export interface NpzLayout {
  readonly geometries: number;
  /** Rows of atoms of each geometry, those that are no atoms counted. */
  readonly atoms: number;
  /** [geometries, atoms, 3] */
  readonly positions: NpyArray['data'];
  /** Of a geometry: of every row of atoms its species; undefined where it is no atom. */
  readonly speciesOf: (geometry: number) => readonly (string | undefined)[];
  /** Of a geometry: 9 numbers and 3 truths, as far as the file has them. */
  readonly cellOf: (geometry: number) => { readonly cell?: Float64Array; readonly periodic?: Float64Array };
}

/** @throws UserError where positions or species are missing, and for shapes that do not go together */
export function npzLayout({ arrays, texts }: NpzFile, source: string): NpzLayout {
  const missing = (what: string, names: readonly string[]): UserError => {
    const found = [...arrays.keys(), ...texts.keys()].join(', ') || 'nothing';
    return new UserError(`${source} has no ${what} (${listed(names)}); it has ${found}`, { file: source });
  };
  const [positionName, positions] = oneOf(arrays, POSITIONS) ?? [];
  if (!positions) throw missing('positions', POSITIONS);
  const [geometries, atoms, three] = positions.shape;
  if (positions.shape.length !== 3 || three !== 3)
    throw shapeError(source, `${positionName}`, positions.shape, '(geometries, atoms, 3)');
  const numbers = oneOf(arrays, NUMBERS);
  const symbols = oneOf(texts, SYMBOLS);
  const [speciesName, species] = numbers ?? symbols ?? [];
  if (!species || speciesName === undefined) throw missing('atomic numbers', NUMBERS);
  const isOfEach = species.shape.length === 2;
  if (!isShape(species.shape, [atoms]) && !isShape(species.shape, [geometries, atoms])) {
    const wanted = `(${atoms}) or (${geometries}, ${atoms}), for positions of shape ${said(positions.shape)}`;
    throw shapeError(source, speciesName, species.shape, wanted);
  }
  const names = Array.from<number | bigint | string, string | undefined>(species.data, (value, k) =>
    typeof value === 'string' ? value || undefined : symbolOf(Number(value), `${source}: ${speciesName}[${k}]`),
  );
  const row = (geometry: number): number => (isOfEach ? geometry * atoms : 0);
  return {
    geometries,
    atoms,
    positions: positions.data,
    speciesOf: (geometry) => names.slice(row(geometry), row(geometry) + atoms),
    cellOf: cells(arrays, geometries, source),
  };
}

function symbolOf(number: number, place: string): string | undefined {
  if (number === 0) return undefined;
  const symbol = elementSymbol(number);
  if (symbol === 'X') throw new UserError(`${place} is ${number}, no element`);
  return symbol;
}

function cells(arrays: NpzFile['arrays'], geometries: number, source: string): NpzLayout['cellOf'] {
  const cell = perGeometry(oneOf(arrays, CELLS), [[3, 3], [9]], geometries, source);
  const periodic = perGeometry(oneOf(arrays, PERIODIC), [[3]], geometries, source);
  return (geometry) => ({
    ...(cell && { cell: cell(geometry) }),
    ...(periodic && { periodic: periodic(geometry) }),
  });
}

/** The numbers of an array that is the same for all geometries or has a row for each. */
function perGeometry(
  found: readonly [string, NpyArray] | undefined,
  shapes: readonly (readonly number[])[],
  geometries: number,
  source: string,
): ((geometry: number) => Float64Array) | undefined {
  if (!found) return undefined;
  const [name, { shape, data }] = found;
  const isOfAll = shapes.some((one) => isShape(shape, one));
  if (!isOfAll && !shapes.some((one) => isShape(shape, [geometries, ...one])))
    throw shapeError(
      source,
      name,
      shape,
      shapes.map((one) => `${said(one)} or ${said([geometries, ...one])}`).join(', '),
    );
  const width = isOfAll ? data.length : data.length / geometries;
  return (geometry) => doublesOf(data, isOfAll ? 0 : width * geometry, width);
}

/** So many numbers of an array, from one on, as doubles. */
export const doublesOf = (data: NpyArray['data'], start: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => Number(data[start + k]));

function oneOf<T>(arrays: ReadonlyMap<string, T>, names: readonly string[]): readonly [string, T] | undefined {
  for (const name of names) {
    const array = arrays.get(name);
    if (array !== undefined) return [name, array];
  }
  return undefined;
}

export const isShape = (shape: readonly number[], wanted: readonly number[]): boolean =>
  shape.length === wanted.length && shape.every((size, axis) => size === wanted[axis]);

/** `(2, 3)` */
export const said = (shape: readonly number[]): string => `(${shape.join(', ')})`;

export const shapeError = (source: string, name: string, shape: readonly number[], wanted: string): UserError =>
  new UserError(`${source}: ${name} has the shape ${said(shape)}; expected ${wanted}`, { file: source });
