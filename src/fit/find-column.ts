import { UserError } from '../common/errors.js';
import { nearest } from '../common/nearest.js';
import { type GeometrySet, geometryCount, type NumberColumn, sayWhere } from './data/geometry-set.js';
import { listNames } from './data/list-names.js';

/** What is looked for in a set, and what messages call it. */
export interface WantedColumn {
  /** `target` or `input`. */
  readonly role: 'target' | 'input';
  readonly name: string;
  readonly of: 'graph' | 'node';
  /** What files may call it, the first that is there is taken. */
  readonly columns: readonly [string, ...string[]];
  /** How many numbers it may have. */
  readonly widths: readonly number[];
}

/** A column that was found. */
export interface FoundColumn {
  readonly column: string;
  readonly width: number;
}

const ofSet = (set: GeometrySet, of: WantedColumn['of']): Readonly<Record<string, NumberColumn>> =>
  of === 'graph' ? set.ofGraphs : set.ofNodes;

/** A column by its name. @throws RangeError where it is not there */
export function columnOf(set: GeometrySet, of: WantedColumn['of'], name: string): NumberColumn {
  const columns = ofSet(set, of);
  if (!Object.hasOwn(columns, name)) throw new RangeError(`the set has no column ${name} of ${of}s`);
  return columns[name];
}

/**
 * Looks a column up.
 * @throws UserError where it is missing, which lists those that there are; where it is of atoms rather than geometries or
 * the other way round; is text; or has another number of numbers, with the first place of it
 */
export function findColumn(set: GeometrySet, wanted: WantedColumn): FoundColumn {
  const columns = ofSet(set, wanted.of);
  const column = wanted.columns.find((name) => Object.hasOwn(columns, name));
  if (column === undefined) throw missing(set, wanted);
  const { width, data } = columns[column];
  const at = data.findIndex((x) => !Number.isNaN(x));
  if (at < 0) throw error(wanted, `the ${wanted.role} ${called(wanted, column)} is missing in every geometry`);
  const infinite = data.findIndex((x) => Math.abs(x) === Infinity);
  if (infinite >= 0) {
    const where = sayWhere(set.sources[geometryOfRow(set, wanted.of, Math.floor(infinite / width))]);
    throw error(wanted, `the ${wanted.role} ${called(wanted, column)} is ${data[infinite]} in ${where}, not finite`);
  }
  if (!wanted.widths.includes(width)) {
    const where = sayWhere(set.sources[geometryOfRow(set, wanted.of, Math.floor(at / width))]);
    const [expected] = wanted.widths;
    const others = wanted.widths.length > 1 ? ` (or ${wanted.widths.slice(1).join(', ')})` : '';
    throw error(
      wanted,
      `the ${wanted.role} ${called(wanted, column)} has ${per(width, wanted.of)} in ${where}, not ${expected}${others}`,
    );
  }
  return { column, width };
}

function missing(set: GeometrySet, wanted: WantedColumn): UserError {
  const { role, of, columns } = wanted;
  const [column] = columns;
  const subject = `the ${role} ${called(wanted, column)}`;
  const aside = set.setAside[of === 'graph' ? 'ofGraphs' : 'ofNodes'];
  const unfit = columns.find((name) => Object.hasOwn(aside, name));
  if (unfit !== undefined) return error(wanted, `${subject} cannot be used: ${unfit} ${aside[unfit]}`);
  const otherKind = of === 'graph' ? 'node' : 'graph';
  const other = columns.find((name) => Object.hasOwn(ofSet(set, otherKind), name));
  if (other !== undefined)
    return error(wanted, `${subject} is declared to be ${plural(of)}, but the files have it ${plural(otherKind)}`);
  if (Object.hasOwn(set.texts, column)) return error(wanted, `${subject} is text in the files, no numbers`);
  const found = Object.keys(ofSet(set, of));
  const names = found.length > 0 ? `${plural(of)} they have ${listNames(found)}` : `they have nothing ${plural(of)}`;
  return error(wanted, `${subject} is not in the files${meant(column, found)}; ${names}`);
}

/** The nearest name, or one that contains the one that was looked for: `REF_energy`. */
function meant(name: string, found: readonly string[]): string {
  const guess = nearest(name, found) ?? found.find((other) => other.toLowerCase().includes(name.toLowerCase()));
  return guess === undefined ? '' : ` (did you mean "${guess}"?)`;
}

const error = ({ role, name }: WantedColumn, problem: string): UserError =>
  new UserError(problem, { key: `${role}s.${name}` });

/** `dipole`, or `energy (column REF_energy)` */
const called = ({ name }: WantedColumn, column: string): string =>
  name === column ? name : `${name} (column ${column})`;

const plural = (of: WantedColumn['of']): string => (of === 'graph' ? 'of whole geometries' : 'of atoms');
const per = (count: number, of: WantedColumn['of']): string =>
  `${count} ${count === 1 ? 'number' : 'numbers'} ${of === 'graph' ? 'a geometry' : 'an atom'}`;

/** The geometry that a row of a column is of. */
export function geometryOfRow(set: GeometrySet, of: WantedColumn['of'], row: number): number {
  if (of === 'graph') return row;
  let [low, high] = [0, geometryCount(set) - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (set.first[middle] <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
