import { show } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';

/** Farther from the origin no atom of a molecule can be, in ångström. */
const FARTHEST = 1e5;

/** A value as named values. @throws UserError about `what` */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UserError(`${what} must be a map of names to values, not ${show(value)}`);
}

/** A value as a list. @throws UserError about `what` */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UserError(`${what} must be a list, not ${show(value)}`);
}

/** A value as a list of whole numbers between the bounds. @throws UserError about `what` */
export function integersOf(value: unknown, what: string, min: number, max: number): number[] {
  return listOf(value, what).map((item, i) => {
    if (typeof item === 'number' && Number.isInteger(item) && item >= min && item <= max) return item;
    throw new UserError(`${what}[${i}] must be a whole number from ${min} to ${max}, not ${show(item)}`);
  });
}

export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** Rows of x, y, z as one array, [atoms · 3]. @throws UserError about `what` */
export function positionsOf(rows: readonly unknown[], what: string, atoms: number): Float32Array {
  if (rows.length !== atoms) throw new UserError(`${what} has ${rows.length} rows, the molecule has ${atoms} atoms`);
  const positions = new Float32Array(atoms * 3);
  rows.forEach((row, atom) => {
    if (!Array.isArray(row) || row.length !== 3 || !row.every(isCoordinate)) {
      throw new UserError(`${what}[${atom}] must be x, y, z in ångström, not ${show(row)}`);
    }
    positions.set(row, atom * 3);
  });
  return positions;
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= FARTHEST;
}
