import { type ErrorDetails, UserError } from '../common/errors.js';
import { errorAt } from './data/geometry.js';
import type { GeometrySource } from './data/geometry-set.js';

/** The units of energies and forces of files that say those of energy and length; the latter is ångström by default. */
export function unitsOfColumns(energy: string | undefined, length = 'Å'): Readonly<Record<string, string>> {
  if (energy === undefined) return {};
  return { energy, forces: `${energy}/${/^ang/i.test(length) ? 'Å' : length}` };
}

/** Units that stand beside the numbers of a geometry, as trajectories of clofnet have them. */
export const unitsInTexts = ({ energy_unit: energy, length_unit: length }: Readonly<Record<string, string>>) =>
  unitsOfColumns(energy, length);

/** What {@link unitsInTexts} reads. */
export function textsOfUnits({ energy, forces }: Readonly<Record<string, string>>): Record<string, string> {
  if (energy === undefined) return {};
  const length = forces?.startsWith(`${energy}/`) ? forces.slice(energy.length + 1) : undefined;
  return { energy_unit: energy, ...(length !== undefined && { length_unit: length }) };
}

/** Whether two units are the same, however they are spelt. */
export const isSameUnit = (a: string, b: string): boolean => plain(a) === plain(b);

/**
 * Refuses numbers in another unit.
 *
 * @param column what the files call it
 * @param units those that the files say, by column
 * @param source where they stand, for messages
 * @throws UserError where the files say another unit than that which a network predicts in
 */
export function requireUnitOfTarget(
  { name, unit }: { readonly name: string; readonly unit: string },
  column: string,
  units: Readonly<Record<string, string>>,
  source?: GeometrySource,
): void {
  if (!Object.hasOwn(units, column) || isSameUnit(units[column], unit)) return;
  const called = name === column ? name : `${name} (column ${column})`;
  const problem = `${called} is in ${units[column]} in the files, but the network predicts ${unit}`;
  const { details }: { readonly details: ErrorDetails } = source ? errorAt(source, problem) : { details: {} };
  throw new UserError(problem, {
    ...details,
    code: 'mismatch',
    remedy: ['convert the files', `use a network that has learned from files in ${units[column]}`],
  });
}

/** Units in one spelling, for comparison. */
const plain = (unit: string): string =>
  unit
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/ångström|angstrom|ang\b/g, 'å');
