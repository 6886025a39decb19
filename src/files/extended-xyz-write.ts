import { formatInfo } from './extended-xyz-info.js';
import type { XyzArray, XyzStructure } from './extended-xyz-structure.js';

/** The names that clofnet writes, where they differ from those it files arrays under. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['velocities', 'vel'],
  ['charges', 'charge'],
]);

/** How {@link formatExtendedXyz} writes. */
export interface WriteOptions {
  /** Arrays are written under the names they are filed under; else `velocities` as `vel`, `charges` as `charge`. */
  readonly ownNames?: boolean;
  /** NaN in what is not positions is written as `nan`, for a number that is missing; else it is refused. */
  readonly missing?: boolean;
}

/**
 * Writes structures as extended XYZ. Numbers keep every digit: reading the text again gives the same float64 values.
 *
 * @throws RangeError for numbers that are not finite and arrays of the wrong length
 */
export function formatExtendedXyz(structures: Iterable<XyzStructure>, options: WriteOptions = {}): string {
  const parts: string[] = [];
  for (const structure of structures) parts.push(formatStructure(structure, options));
  return parts.join('');
}

function formatStructure({ species, positions, arrays, info }: XyzStructure, options: WriteOptions): string {
  const all: [string, XyzArray][] = [['pos', { columns: 3, data: positions }], ...arrays];
  const n = species.length;
  for (const [name, { columns, data }] of all) {
    if (data.length !== n * columns) {
      throw new RangeError(`${name} has ${data.length} numbers for ${n} bodies of ${columns} columns`);
    }
  }
  const written = (name: string): string => (options.ownNames ? name : (WRITTEN.get(name) ?? name));
  const properties = ['species:S:1', ...all.map(([name, { columns }]) => `${written(name)}:R:${columns}`)];
  const rest = formatInfo(info);
  const rows = species.map((symbol, i) =>
    [symbol, ...all.flatMap(([name, array]) => rowOf(name, array, i, options.missing && name !== 'pos'))].join(' '),
  );
  return `${n}\nProperties=${properties.join(':')}${rest === '' ? '' : ` ${rest}`}\n${rows.join('\n')}\n`;
}

function rowOf(name: string, { columns, data }: XyzArray, row: number, mayMiss = false): string[] {
  return Array.from(data.subarray(row * columns, (row + 1) * columns), (value) => {
    if (mayMiss && Number.isNaN(value)) return 'nan';
    if (!Number.isFinite(value)) throw new RangeError(`${name} of body ${row} is ${value}`);
    return Object.is(value, -0) ? '-0' : String(value);
  });
}
