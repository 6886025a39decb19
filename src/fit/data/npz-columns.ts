import type { NpyArray } from '../../files/npy.js';
import type { NpzFile } from '../../files/npz.js';
import { conventionalOf } from '../conventional.js';
import { unitsOfColumns } from '../units.js';
import { LAYOUT_NAMES, type NpzLayout, said, shapeError } from './npz-layout.js';

/** What published sets call what has a conventional name: rMD17, MD17 and those that follow it. */
const RENAMED: Readonly<Record<string, string>> = { energies: 'energy', E: 'energy', F: 'forces', D: 'dipole' };

/** An array with a row for each geometry. */
export interface NpzColumn {
  readonly name: string;
  readonly data: NpyArray['data'];
  /** Numbers of a geometry, of all its atoms. */
  readonly stride: number;
  readonly isOfNodes: boolean;
  readonly isOfGraphs: boolean;
}

export interface NpzColumns {
  readonly columns: readonly NpzColumn[];
  /** Arrays that are no columns, and why. */
  readonly setAside: Readonly<Record<string, string>>;
}

/** @throws UserError for an array with a conventional name and a shape that does not go with it */
export function npzColumns({ arrays, others }: NpzFile, layout: NpzLayout, source: string): NpzColumns {
  const columns: NpzColumn[] = [];
  const setAside: Record<string, string> = {};
  for (const [name, dtype] of others) setAside[name] = `has the dtype ${dtype} in ${source}, no numbers`;
  for (const [fileName, array] of arrays) {
    if (LAYOUT_NAMES.includes(fileName)) continue;
    const renamed = Object.hasOwn(RENAMED, fileName) ? RENAMED[fileName] : fileName;
    const name = arrays.has(renamed) ? fileName : renamed;
    const column = npzColumn(name, array, layout);
    if (column) columns.push(column);
    else if (conventionalOf(name) !== undefined) throw shapeError(source, fileName, array.shape, wanted(name, layout));
    else
      setAside[name] =
        `has the shape ${said(array.shape)} in ${source}, no row for each of ${layout.geometries} geometries`;
  }
  return { columns, setAside };
}

const wanted = (name: string, { geometries, atoms }: NpzLayout): string =>
  conventionalOf(name) === 'node' ? `(${geometries}, ${atoms}, …)` : `(${geometries}, …)`;

function npzColumn(name: string, { shape, data }: NpyArray, { geometries, atoms }: NpzLayout): NpzColumn | undefined {
  const [first, second] = shape;
  if (shape.length === 0 || first !== geometries) return undefined;
  const rows = second === atoms;
  const known = conventionalOf(name);
  if (known === 'node' && !rows) return undefined;
  const isOfNodes = known === 'node' || (known === undefined && rows);
  return {
    name,
    data,
    stride: shape.slice(1).reduce((product, size) => product * size, 1),
    isOfNodes,
    isOfGraphs: known === 'graph' || (known === undefined && (!isOfNodes || isTensor(shape.slice(1)))),
  };
}

/** Whether it could be a tensor of a whole geometry rather than rows of its atoms. */
const isTensor = (shape: readonly number[]): boolean =>
  shape.every((size) => size === 3) || (shape.length === 1 && [1, 6, 9].includes(shape[0]));

/**
 * Units that a file says (`e_unit` and `r_unit`, as sGDML writes them), or that a published set has by its own account:
 * rMD17 has kcal/mol and Å.
 */
export function npzUnits({ arrays, texts }: NpzFile): Readonly<Record<string, string>> {
  const isRevised = ['nuclear_charges', 'old_indices'].every((name) => arrays.has(name));
  const energy = texts.get('e_unit')?.data[0] ?? (isRevised ? 'kcal/mol' : undefined);
  return unitsOfColumns(energy, texts.get('r_unit')?.data[0]);
}
