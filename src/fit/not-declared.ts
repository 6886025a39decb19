import { UserError } from '../common/errors.js';
import { nearest } from '../common/nearest.js';
import type { GeometrySet } from './data/geometry-set.js';

/** A target or an input that is not declared in full. */
interface Undeclared {
  readonly role: 'target' | 'input';
  readonly name: string;
  /** What is declared of it. */
  readonly entry: object;
  /** What has to be known of it; undefined where it is not. */
  readonly lacking: Readonly<Record<string, unknown>>;
  /** Those that need not be declared, by name. */
  readonly known: object;
}

/**
 * Says what is lacking: the conventional name that is near, where nothing is declared and the files have no column of
 * that name, so that it is a slip of the fingers; else what is to be declared.
 */
export function notDeclared(
  { ofGraphs, ofNodes }: GeometrySet,
  { role, name, entry, lacking, known }: Undeclared,
): UserError {
  const isColumn = [ofGraphs, ofNodes].some((columns) => Object.hasOwn(columns, name));
  const guess = isColumn || Object.keys(entry).length > 0 ? undefined : nearest(name, Object.keys(known));
  const keys = Object.entries(lacking).flatMap(([key, value]) => (value === undefined ? [key] : []));
  return new UserError(
    guess === undefined
      ? `the ${role} ${name} has no conventional name; declare its ${keys.join(', ')} too`
      : `did you mean "${guess}"? There is no ${role} called ${name}`,
    { key: `${role}s.${name}` },
  );
}
