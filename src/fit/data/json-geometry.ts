import { show } from '../../common/checks.js';
import { didYouMean } from '../../common/nearest.js';
import { elementSymbol } from '../../molecules/elements.js';
import { conventionalOf } from '../conventional.js';
import { unitsInTexts } from '../units.js';
import { errorAt, type Geometry, type GeometryNumbers } from './geometry.js';
import type { GeometrySource } from './geometry-set.js';

/** Keys with a meaning. */
const KEYS = ['species', 'numbers', 'positions', 'cell', 'pbc', 'nodes'];

/**
 * One geometry as JSON:
 *
 * ```json
 * {"species": ["O", "H", "H"], "positions": [[0, 0, 0.12], [0.76, 0, -0.47], [-0.76, 0, -0.47]],
 *  "cell": [[5, 0, 0], [0, 5, 0], [0, 0, 5]], "pbc": [true, true, false],
 *  "energy": -14.2, "dipole": [0, 0, 0.38], "forces": [[0, 0, 1], [0, 0, -0.5], [0, 0, -0.5]],
 *  "nodes": {"shift": [0.1, -0.05, -0.05]}, "smiles": "O"}
 * ```
 *
 * Either `species` (any names) or `numbers` (of elements), and `positions`; with a cell its vectors as rows, or three
 * lengths, and `pbc` (default all true). Every other key is of the whole geometry: a number, true or false (1 and 0), a
 * list of numbers, however nested, or text. Numbers of atoms, a number or a list for each, stand under `nodes`; those
 * with conventional names (`forces`, `charges`, `velocities`, …) may stand beside the others. null is what is missing,
 * in lists too.
 *
 * @throws UserError with the place for what is missing or has another form
 */
export function geometryOfJson(value: unknown, source: GeometrySource): Geometry {
  if (!isRecord(value)) throw errorAt(source, `expected an object, found ${show(value)}`);
  const species = speciesOf(value, source);
  if (species.length === 0) throw errorAt(source, 'the geometry has no atoms');
  const { nodes = {}, positions, cell, pbc } = value;
  if (!isRecord(nodes))
    throw errorAt(source, `nodes is ${show(nodes)}; expected an object of lists, one for each name`);
  const ofNodes: Record<string, GeometryNumbers> = {};
  const ofGraphs: Record<string, ArrayLike<number>> = {};
  const texts: Record<string, string> = {};
  const setAside: Record<string, string> = {};
  const atoms = species.length;
  for (const [name, list] of Object.entries(nodes))
    if (list !== null) ofNodes[name] = rowsOf(list, { name: `nodes.${name}`, atoms, source });
  for (const [name, entry] of Object.entries(value)) {
    if (KEYS.includes(name) || entry === null) continue;
    const numbers = flatNumbers(entry);
    if (conventionalOf(name) === 'node') ofNodes[name] = rowsOf(entry, { name, atoms, source });
    else if (typeof entry === 'string') texts[name] = entry;
    else if (numbers) ofGraphs[name] = numbers;
    else setAside[name] = `is ${show(entry)} in ${source.file}:${source.line}, no numbers`;
  }
  return {
    species,
    positions: positionsOf(positions, atoms, source),
    ...(cell !== undefined && cell !== null && { cell: cellOf(cell, source) }),
    ...(pbc !== undefined && pbc !== null && { periodic: periodicOf(pbc, source) }),
    ofNodes,
    ofGraphs,
    texts,
    units: unitsInTexts(texts),
    setAside,
    source,
  };
}

function speciesOf(value: Readonly<Record<string, unknown>>, source: GeometrySource): string[] {
  const { species, numbers } = value;
  if (species === undefined && numbers === undefined) {
    const meant = didYouMean('species', Object.keys(value)) || didYouMean('numbers', Object.keys(value));
    throw errorAt(source, `there is neither species nor numbers${meant}; it has ${Object.keys(value).join(', ')}`);
  }
  if (species !== undefined) {
    if (Array.isArray(species) && species.every((name) => typeof name === 'string' && name !== '')) return species;
    throw errorAt(source, `species is ${show(species)}; expected a list of names`);
  }
  if (!Array.isArray(numbers)) throw errorAt(source, `numbers is ${show(numbers)}; expected a list of atomic numbers`);
  return numbers.map((number: unknown, k) => {
    const symbol = typeof number === 'number' ? elementSymbol(number) : 'X';
    if (symbol === 'X') throw errorAt(source, `the number of atom ${k + 1} is ${show(number)}, no element`);
    return symbol;
  });
}

function positionsOf(value: unknown, atoms: number, source: GeometrySource): ArrayLike<number> {
  if (value === undefined) throw errorAt(source, 'there are no positions');
  const { width, data } = rowsOf(value, { name: 'positions', atoms, source });
  if (width !== 3) throw errorAt(source, `positions has ${width} numbers an atom, not 3`);
  return data;
}

function cellOf(value: unknown, source: GeometrySource): ArrayLike<number> {
  const numbers = flatNumbers(value);
  if (numbers?.length === 9) return numbers;
  if (numbers?.length !== 3) throw errorAt(source, `cell is ${show(value)}; expected three vectors of three numbers`);
  const [a, b, c] = numbers;
  return [a, 0, 0, 0, b, 0, 0, 0, c];
}

function periodicOf(value: unknown, source: GeometrySource): number[] {
  const truths = flatNumbers(value);
  const [first] = truths ?? [];
  if (truths?.length === 1) return [first, first, first];
  if (truths?.length !== 3 || truths.some(Number.isNaN))
    throw errorAt(source, `pbc is ${show(value)}; expected [true, true, false], or true for all three`);
  return truths;
}

/** A row for each atom: of one number, or of a list, however nested. */
function rowsOf(
  value: unknown,
  { name, atoms, source }: { readonly name: string; readonly atoms: number; readonly source: GeometrySource },
): GeometryNumbers {
  if (!Array.isArray(value) || value.length !== atoms) {
    const found = Array.isArray(value)
      ? `has ${value.length === 1 ? '1 row' : `${value.length} rows`}`
      : `is ${show(value)}`;
    throw errorAt(source, `${name} ${found}; expected one for each of ${atoms} atoms`);
  }
  const rows = value.map((row: unknown) => flatNumbers(row));
  const width = rows[0]?.length ?? 0;
  const data = rows.flatMap((row, k) => {
    if (row !== undefined && row.length === width) return row;
    const found = row === undefined ? `is ${show(value[k])}, no numbers` : `has ${row.length} numbers, others ${width}`;
    throw errorAt(source, `${name} of atom ${k + 1} ${found}`);
  });
  return { width, data };
}

/** Numbers in their order, NaN for null; undefined where there is anything else. */
function flatNumbers(value: unknown): number[] | undefined {
  if (value === null) return [Number.NaN];
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : undefined;
  if (typeof value === 'boolean') return [Number(value)];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const parts = value.map((part: unknown) => flatNumbers(part));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
