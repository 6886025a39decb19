import { sayWhere } from '../../fit/data/geometry-set.js';
import type { ErrorAt, MeanErrors, TargetErrors } from '../../fit/evaluation/target-errors.js';
import { formatNumber } from '../../report/format.js';
import { many } from '../format.js';

/** The errors of every target as lines: a table, and what is missing. */
export function errorLines(targets: readonly TargetErrors[]): string[] {
  const rows = [HEAD, ...targets.flatMap(rowsOf)];
  const widths = HEAD.map((_, k) => Math.max(...rows.map((row) => [...row[k]].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, k) => (k < 2 || k === row.length - 1 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])))
      .join('  ')
      .trimEnd();
  return [...rows.map((row) => `  ${line(row)}`), ...targets.flatMap(missingOf)];
}

const HEAD = ['', 'unit', 'MAE', 'RMSE', 'MAE of a constant', 'largest', ''];

function rowsOf({ name, unit, largest, spread, perAtom, ...errors }: TargetErrors): string[][] {
  const numbers = (own: MeanErrors, constant: MeanErrors): string[] =>
    [own.meanAbsolute, own.rootMeanSquare, constant.meanAbsolute].map((value) => formatNumber(value));
  const [most, at] = largest ? [formatNumber(largest.error), `at ${placeOf(largest)}`] : ['—', ''];
  return [
    [name, unit, ...numbers(errors, spread), most, at],
    ...(perAtom ? [['  an atom', unit, ...numbers(perAtom, perAtom.spread), '', '']] : []),
  ];
}

/** `a.xyz:12, atom 3` */
const placeOf = ({ source, atom }: ErrorAt): string =>
  `${sayWhere(source)}${atom === undefined ? '' : `, atom ${atom}`}`;

function missingOf({ name, of, missing, compared }: TargetErrors): string[] {
  if (missing === 0) return [];
  const rows = of === 'graph' ? many(missing + compared, 'geometry', 'geometries') : many(missing + compared, 'atom');
  return [`  ${name} is missing in ${missing} of ${rows}, where it does not count`];
}
