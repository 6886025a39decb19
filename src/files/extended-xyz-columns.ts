import { type ErrorPlace, UserError } from '../common/errors.js';

/** One property as `Properties=name:kind:count` declares it, with the place of its first column. */
export interface Column {
  /** The name that clofnet files it under. */
  readonly name: string;
  readonly kind: 'S' | 'R' | 'I' | 'L';
  readonly count: number;
  readonly first: number;
}

/** What a file without `Properties` holds. */
const PLAIN = 'species:S:1:pos:R:3';

/** The form that error messages recommend. */
export const EXAMPLE = 'Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1';

/** Other programs' names for what clofnet calls species, positions, velocities and charges. */
const ALIASES: Readonly<Record<string, string>> = {
  species: 'species',
  symbols: 'species',
  element: 'species',
  pos: 'positions',
  positions: 'positions',
  vel: 'velocities',
  velo: 'velocities',
  velocities: 'velocities',
  charge: 'charges',
  charges: 'charges',
  q: 'charges',
  initial_charges: 'charges',
};

/** How many columns, of which kinds, a property with a meaning must have. */
const FORMS: Readonly<Record<string, { kinds: string; count: number }>> = {
  species: { kinds: 'S', count: 1 },
  positions: { kinds: 'RI', count: 3 },
  velocities: { kinds: 'RI', count: 3 },
  charges: { kinds: 'RI', count: 1 },
};

/** What has a meaning where other properties keep the names of the file. */
const ALWAYS: readonly string[] = ['species', 'positions'];

/** How {@link parseColumns} names columns. */
export interface ColumnNaming {
  /** Only species and positions get clofnet's names; velocities and charges stay what the file calls them. */
  readonly ownNames?: boolean;
}

/** The names by which a file may call a property. */
export function namesOf(name: string): readonly string[] {
  return Object.keys(ALIASES).filter((alias) => ALIASES[alias] === name);
}

/** Whether clofnet knows what a property is: positions, velocities and charges, and species. */
export const hasMeaning = (name: string): boolean => Object.hasOwn(FORMS, name);

/** Reads the value of `Properties`. `where` (file and line) starts the error message. */
export function parseColumns(
  properties: string | undefined,
  where: ErrorPlace,
  { ownNames = false }: ColumnNaming = {},
): Column[] {
  const parts = (properties ?? PLAIN).split(':');
  if (parts.length % 3 !== 0)
    throw new UserError(`Properties must be name:kind:columns triples, as in ${EXAMPLE}`, where);
  const columns: Column[] = [];
  let first = 0;
  for (let i = 0; i < parts.length; i += 3) {
    const column = parseColumn(parts.slice(i, i + 3), first, { where, ownNames });
    if (columns.some(({ name }) => name === column.name)) {
      throw new UserError(`Properties declares ${column.name} twice`, where);
    }
    columns.push(column);
    first += column.count;
  }
  return columns;
}

interface ColumnContext extends Required<ColumnNaming> {
  readonly where: ErrorPlace;
}

function parseColumn(
  [label = '', kind = '', count = '']: string[],
  first: number,
  { where, ownNames }: ColumnContext,
): Column {
  if (!isKind(kind)) throw new UserError(`Properties gives ${label} the kind "${kind}"; expected S, R, I or L`, where);
  if (label === '' || !/^[1-9]\d{0,5}$/.test(count)) {
    throw new UserError(`Properties gives "${label}" "${count}" columns; expected a name and a whole number`, where);
  }
  const alias = Object.hasOwn(ALIASES, label) ? (ALIASES[label] ?? label) : label;
  const name = ownNames && !ALWAYS.includes(alias) ? label : alias;
  const form = Object.hasOwn(FORMS, name) && !(ownNames && !ALWAYS.includes(name)) ? FORMS[name] : undefined;
  if (form !== undefined && !(form.kinds.includes(kind) && form.count === Number(count))) {
    throw new UserError(
      `the property ${label}:${kind}:${count} must be ${label}:${form.kinds[0]}:${form.count}`,
      where,
    );
  }
  return { name, kind, count: Number(count), first };
}

function isKind(kind: string): kind is Column['kind'] {
  return kind === 'S' || kind === 'R' || kind === 'I' || kind === 'L';
}
