import { UserError } from '../common/errors.js';
import { didYouMean } from '../common/nearest.js';
import { type Conventional, conventionalTargets } from './conventional.js';
import type { GeometrySet } from './data/geometry-set.js';
import { listNames } from './data/list-names.js';
import { findColumn } from './find-column.js';
import { notDeclared } from './not-declared.js';
import { type ResolvedTarget, type TargetKind, widthsInFiles } from './quantity.js';
import { namedQuantities, type TargetsConfig } from './quantity-config.js';
import { isSameUnit } from './units.js';

/** A target as a configuration and the conventions make it. */
interface Declared extends TargetKind {
  readonly name: string;
  /** What files may call it. */
  readonly columns: readonly [string, ...string[]];
  readonly voigt: boolean;
  /** Whether the configuration says the unit. */
  readonly saysUnit: boolean;
}

/**
 * The targets of a configuration, or of a list of names, in a set: declared in full, and found.
 *
 * @param length the unit of positions, which the units of gradients are made with
 * @throws UserError for a target that is not declared in full, contradicts itself, or is not in the set as declared
 */
export function resolveTargets(
  config: TargetsConfig | readonly string[],
  set: GeometrySet,
  { length = 'Å' }: { readonly length?: string } = {},
): ResolvedTarget[] {
  const named: TargetsConfig = isList(config) ? namedQuantities(config) : config;
  const declared = Object.entries(named).map(([name, entry]) => declare(name, entry, set));
  if (declared.length === 0) throw noTarget(set);
  for (const one of declared) check(one, declared);
  const found = declared.map((one): ResolvedTarget => {
    const { name, of, columns } = one;
    const { column, width } = findColumn(set, { role: 'target', name, of, columns, widths: widthsInFiles(one) });
    const { order, symmetry = 'none', extensive = false, moment = false, gradientOf, voigt } = one;
    const unit = unitOf(one, column, set);
    return {
      ...{ name, column, of, order, symmetry, extensive, moment, unit, voigt, widthInFiles: width },
      ...(gradientOf !== undefined && { gradientOf }),
    };
  });
  return found.map((target, k) => ({ ...target, unit: gradientUnit(target, declared[k], { found, set, length }) }));
}

/** Names what there is to choose from: what goes by a conventional name, and what is to be declared. */
function noTarget({ ofGraphs, ofNodes }: GeometrySet): UserError {
  const isKnown = (of: TargetKind['of'], name: string): boolean =>
    Object.entries(conventionalTargets).some(
      ([known, kind]) => kind.of === of && (known === name || kind.alsoCalled?.includes(name)),
    );
  const found = [
    ...Object.keys(ofGraphs).map((name) => ({ name, known: isKnown('graph', name) })),
    ...Object.keys(ofNodes).map((name) => ({ name, known: isKnown('node', name) })),
  ];
  const names = (known: boolean): string[] => found.filter((one) => one.known === known).map(({ name }) => name);
  const [conventional, others] = [names(true), names(false)];
  const said = [
    ...(conventional.length > 0 ? [`${listNames(conventional)} (known by name)`] : []),
    ...(others.length > 0 ? [`${listNames(others)} (to be declared in a configuration)`] : []),
  ];
  const has = said.length > 0 ? `the files have ${said.join(', and ')}` : 'the files have no numbers but positions';
  return new UserError(`there is nothing to learn: no target is named; ${has}`, {
    key: 'targets',
    ...(said.length > 0 && { remedy: { setting: 'data.targets' } }),
  });
}

const isList = (config: TargetsConfig | readonly string[]): config is readonly string[] => Array.isArray(config);

function declare(name: string, entry: TargetsConfig[string], set: GeometrySet): Declared {
  const known: Conventional<TargetKind> | undefined = Object.hasOwn(conventionalTargets, name)
    ? conventionalTargets[name]
    : undefined;
  if (!/^[\w-]+$/.test(name))
    throw problem(
      name,
      `"${name}" can name no target; take letters, digits, _ and -, and say which column it is` +
        (/\s/.test(name) ? '; names are separated by commas' : ''),
    );
  const { of = known?.of, order = known?.order, unit = known?.unit, column, voigt = false } = entry;
  if (of === undefined || order === undefined || unit === undefined) {
    throw notDeclared(set, { role: 'target', name, entry, lacking: { of, order, unit }, known: conventionalTargets });
  }
  // What belongs to another kind than that of the convention is not taken over from it.
  const same = known?.of === of && known.order === order ? known : undefined;
  const { symmetry = same?.symmetry, extensive = same?.extensive } = entry;
  const { moment = extensive ? same?.moment : undefined } = entry;
  const gradientOf = entry.gradientOf === undefined ? same?.gradientOf : (entry.gradientOf ?? undefined);
  const columns: [string, ...string[]] = column === undefined ? [name, ...(same?.alsoCalled ?? [])] : [column];
  const saysUnit = entry.unit !== undefined;
  return { name, of, order, symmetry, extensive, moment, gradientOf, unit, columns, voigt, saysUnit };
}

/** @throws UserError where a target contradicts itself or the others */
function check(target: Declared, all: readonly Declared[]): void {
  const { name, of, order, symmetry = 'none', extensive, moment, gradientOf, voigt } = target;
  if (order !== 2 && symmetry !== 'none')
    throw problem(name, `the target ${name} of order ${order} is not ${symmetry}`);
  if (voigt && symmetry === 'none')
    throw problem(name, `the target ${name} is not symmetric, so that voigt says nothing`);
  if (of === 'node' && extensive)
    throw problem(name, `the target ${name} is of atoms, so that it is neither sum nor mean of theirs`);
  if (moment && (of === 'node' || order === 0 || order > 2 || !extensive))
    throw problem(
      name,
      `the target ${name} is a moment, so that it must be an extensive vector or matrix of geometries`,
    );
  if (gradientOf === undefined) return;
  if (of !== 'node' || order !== 1)
    throw problem(name, `the target ${name} is a gradient, so that it must be a vector of atoms`);
  const parent = all.find((other) => other.name === gradientOf);
  if (!parent) {
    const hint = didYouMean(
      gradientOf,
      all.map((other) => other.name),
    );
    const cure = `add it, or set gradientOf to null for vectors of their own`;
    throw problem(name, `${name} is minus the gradient of ${gradientOf}, which is no target${hint}; ${cure}`);
  }
  if (parent.of !== 'graph' || parent.order !== 0)
    throw problem(name, `${name} is minus the gradient of ${gradientOf}, which is no scalar of whole geometries`);
}

/** The unit of a target, by the configuration, the files or the convention. @throws UserError where the first two differ */
function unitOf({ name, unit, saysUnit }: Declared, column: string, { units }: GeometrySet): string {
  const ofFiles = Object.hasOwn(units, column) ? units[column] : unit;
  if (!saysUnit) return ofFiles;
  if (isSameUnit(ofFiles, unit)) return unit;
  throw problem(name, `${name} is declared to be in ${unit}, but is in ${ofFiles} in the files; convert it there`);
}

/** The unit of a target; of a gradient it follows from what it is the gradient of. */
function gradientUnit(
  target: ResolvedTarget,
  { saysUnit }: Declared,
  {
    found,
    set,
    length,
  }: { readonly found: readonly ResolvedTarget[]; readonly set: GeometrySet; readonly length: string },
): string {
  const { name, column, gradientOf, unit } = target;
  const parent = found.find((other) => other.name === gradientOf);
  if (!parent) return unit;
  const follows = `${parent.unit}/${length}`;
  const said = saysUnit || Object.hasOwn(set.units, column);
  if (!said || isSameUnit(unit, follows)) return follows;
  throw problem(
    name,
    `${name} is in ${unit}, but minus the gradient of ${gradientOf} in ${parent.unit} by positions in ${length} is in ` +
      `${follows}; convert one of them`,
  );
}

const problem = (name: string, text: string): UserError => new UserError(text, { key: `targets.${name}` });
