import { UserError } from '../common/errors.js';
import { type Conventional, conventionalInputs } from './conventional.js';
import { type GeometrySet, sayWhere } from './data/geometry-set.js';
import { columnOf, findColumn, geometryOfRow } from './find-column.js';
import { notDeclared } from './not-declared.js';
import type { InputKind, ResolvedInput, ResolvedTarget } from './quantity.js';
import { type InputsConfig, namedQuantities } from './quantity-config.js';

/**
 * The inputs of a configuration, or of a list of names, in a set: declared in full, and found in every geometry.
 *
 * @param targets what is to be predicted, which no input may be
 * @throws UserError for an input that is not declared in full, is missing in some geometry, or is a target
 */
export function resolveInputs(
  config: InputsConfig | readonly string[],
  set: GeometrySet,
  targets: readonly Pick<ResolvedTarget, 'of' | 'column'>[] = [],
): ResolvedInput[] {
  const named: InputsConfig = isList(config) ? namedQuantities(config) : config;
  return Object.entries(named).map(([name, entry]): ResolvedInput => {
    const { columns, ...kind } = declare(name, entry, set);
    const { column } = findColumn(set, { role: 'input', name, of: kind.of, columns, widths: [3 ** kind.order] });
    if (targets.some((target) => target.of === kind.of && target.column === column))
      throw problem(name, `${column} is a target, so that it cannot be an input too`);
    const input = { ...kind, name, column };
    inputValues(set, input);
    return input;
  });
}

const isList = (config: InputsConfig | readonly string[]): config is readonly string[] => Array.isArray(config);

function declare(
  name: string,
  entry: InputsConfig[string],
  set: GeometrySet,
): InputKind & { readonly columns: readonly [string, ...string[]] } {
  const known: Conventional<InputKind> | undefined = Object.hasOwn(conventionalInputs, name)
    ? conventionalInputs[name]
    : undefined;
  const { of = known?.of, order = known?.order, unit = known?.unit, column } = entry;
  if (of === undefined || order === undefined || unit === undefined) {
    throw notDeclared(set, { role: 'input', name, entry, lacking: { of, order, unit }, known: conventionalInputs });
  }
  if (of === 'graph' && order === 0)
    throw problem(name, `the input ${name} is a number of whole geometries; give it as a number of every atom`);
  return { of, order, unit, columns: column === undefined ? [name, ...(known?.alsoCalled ?? [])] : [column] };
}

/**
 * The numbers of an input, [atoms or geometries, 1 or 3].
 * @throws UserError where some are missing, with the first place
 */
export function inputValues(set: GeometrySet, { name, column, of }: ResolvedInput): Float64Array {
  const { width, data } = columnOf(set, of, column);
  const at = data.findIndex(Number.isNaN);
  if (at < 0) return data;
  const where = sayWhere(set.sources[geometryOfRow(set, of, Math.floor(at / width))]);
  throw problem(name, `the input ${name} is missing in ${where}; every geometry must have it`);
}

const problem = (name: string, text: string): UserError => new UserError(text, { key: `inputs.${name}` });
