import { type ErrorPlace, UserError } from '../common/errors.js';
import { didYouMean } from '../common/nearest.js';
import { type Column, EXAMPLE, hasMeaning, namesOf, parseColumns } from './extended-xyz-columns.js';
import { type StructureBlock, StructureCutter } from './extended-xyz-cutter.js';
import { parseInfo } from './extended-xyz-info.js';
import type { XyzArray, XyzStructure } from './extended-xyz-structure.js';
import type { TextLine } from './text-lines.js';

/** What {@link parseExtendedXyz} accepts. */
export interface ReadOptions {
  /** Properties that every structure must have, by clofnet's names: `velocities`, `charges`, or any other. */
  readonly required?: readonly string[];
  /** Positions, velocities and charges that are larger than this, either way, are refused. */
  readonly largest?: number;
  /** Velocities, charges and all other properties keep the names of the file; else these two get clofnet's. */
  readonly ownNames?: boolean;
  /** `nan` in what is not positions stands for a number that is missing, and is read as NaN; else it is refused. */
  readonly missing?: boolean;
}

/**
 * Reads every structure of an extended XYZ file, columns in any order. Atom counts may differ from structure to
 * structure.
 *
 * @param source the file's name, for error messages
 * @throws UserError with file and line for a wrong atom count, missing columns or properties, and what is no finite
 * number or larger than it may be
 */
export function parseExtendedXyz(text: string, source: string, options: ReadOptions = {}): XyzStructure[] {
  const cutter = new StructureCutter(source);
  const structures: XyzStructure[] = [];
  for (const line of text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)) {
    const block = cutter.push(line);
    if (block) structures.push(parseStructure(block, source, options));
  }
  cutter.end();
  if (structures.length === 0)
    throw new UserError(`${source}: the file is empty; expected extended XYZ`, { file: source });
  return structures;
}

/** A structure and the line it begins at, or what is wrong with it and where. */
export type XyzResult = { readonly structure: XyzStructure; readonly line: number } | { readonly error: UserError };

/**
 * Reads structures as {@link parseExtendedXyz} does, from lines that come one after the other. A bad structure is
 * reported, and reading continues.
 *
 * @throws UserError where a number of bodies is wrong, so that structures can no longer be separated
 */
export async function* readExtendedXyz(
  lines: AsyncIterable<TextLine>,
  source: string,
  options: ReadOptions = {},
): AsyncGenerator<XyzResult, void> {
  const cutter = new StructureCutter(source);
  for await (const { text } of lines) {
    const block = cutter.push(text);
    if (!block) continue;
    let result: XyzResult;
    try {
      result = { structure: parseStructure(block, source, options), line: block.first };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      result = { error };
    }
    yield result;
  }
  cutter.end();
}

function parseStructure(
  { lines, first }: StructureBlock,
  source: string,
  { required = [], largest, ownNames, missing = false }: ReadOptions,
): XyzStructure {
  const where = { file: source, line: first + 1 };
  const { Properties: properties, ...info } = parseInfo(lines[1], where);
  const columns = parseColumns(properties, where, { ownNames });
  requireProperties(columns, ['positions', ...required], where);
  const rows = readRows(lines.slice(2), first + 2, columns, source);
  const species = columns.find(({ name }) => name === 'species');
  const arrays = new Map<string, XyzArray>();
  for (const column of columns) {
    if (column.kind === 'S') continue;
    const limit = hasMeaning(column.name) ? largest : undefined;
    const mayMiss = missing && column.name !== 'positions';
    arrays.set(column.name, readArray(rows, column, { source, line: first + 2, limit, mayMiss }));
  }
  const positions = arrays.get('positions')?.data ?? new Float64Array();
  arrays.delete('positions');
  return { species: rows.map((row) => (species ? (row[species.first] ?? 'X') : 'X')), positions, arrays, info };
}

function requireProperties(columns: readonly Column[], required: readonly string[], where: ErrorPlace): void {
  for (const name of required) {
    if (columns.some((column) => column.name === name)) continue;
    const names = namesOf(name);
    const accepted = names.length > 0 ? ` (accepted names: ${names.join(', ')})` : '';
    const momenta = name === 'velocities' && columns.some((column) => column.name === 'momenta');
    const hint = momenta ? '; momenta must be divided by the masses first' : '';
    const cure = hasMeaning(name) ? `write columns like ${EXAMPLE}` : columnsThere(name, columns);
    throw new UserError(`the structure has no ${name}${accepted}${hint}; ${cure}`, where);
  }
}

/** The columns of numbers that there are, and the one that is nearest to a name. */
function columnsThere(name: string, columns: readonly Column[]): string {
  const found = columns.filter(({ kind }) => kind !== 'S').map((column) => column.name);
  return `it has ${found.join(', ')}${didYouMean(name, found)}`;
}

/** @param first the number of the first line */
function readRows(lines: readonly string[], first: number, columns: readonly Column[], source: string): string[][] {
  const width = columns.reduce((sum, column) => sum + column.count, 0);
  return lines.map((line, i) => {
    const row = line.trim().split(/\s+/);
    if (row.length === width && row[0] !== '') return row;
    const found = row[0] === '' ? 0 : row.length;
    const wanted = columns.map((column) => `${column.name}:${column.kind}:${column.count}`).join(', ');
    throw new UserError(`expected ${width} columns (${wanted}), found ${found}`, { file: source, line: first + i });
  });
}

/** Where an array stands, how large its numbers may be, and whether `nan` may stand for some. */
interface Place {
  readonly source: string;
  readonly line: number;
  readonly limit: number | undefined;
  readonly mayMiss: boolean;
}

function readArray(rows: string[][], { name, kind, count, first }: Column, place: Place): XyzArray {
  const { source, line, limit = Number.POSITIVE_INFINITY, mayMiss } = place;
  const data = new Float64Array(rows.length * count);
  rows.forEach((row, i) => {
    for (let k = 0; k < count; k++) {
      const text = row[first + k] ?? '';
      const value =
        kind === 'L' ? parseLogical(text) : (parseNumber(text) ?? (mayMiss ? parseMissing(text) : undefined));
      if (value === undefined || Math.abs(value) > limit) {
        const number = value === undefined ? 'a finite number' : `a number from -${short(limit)} to ${short(limit)}`;
        const wanted = kind === 'L' ? 'T or F' : number;
        throw new UserError(`column ${first + k + 1} (${name}) must be ${wanted}, not "${text}"`, {
          file: source,
          line: line + i,
        });
      }
      data[i * count + k] = value;
    }
  });
  return { columns: count, data };
}

/** `1e18` */
const short = (limit: number): string => limit.toExponential().replace('+', '');

/** Decimal numbers, with Fortran's D for an exponent too; not NaN, not hexadecimal, nothing that overflows. */
export function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text.replace(/[dD]/, 'e'));
  return Number.isFinite(value) ? value : undefined;
}

const parseMissing = (text: string): number | undefined => (/^[+-]?nan$/i.test(text) ? Number.NaN : undefined);

function parseLogical(text: string): number | undefined {
  if (/^(T|TRUE)$/i.test(text)) return 1;
  return /^(F|FALSE)$/i.test(text) ? 0 : undefined;
}
