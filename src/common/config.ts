import type { z } from 'zod';
import { show } from './checks.js';
import { configSchemaJson, keysAt } from './config-schema.js';
import { type ErrorPlace, UserError } from './errors.js';
import { expectation } from './expectation.js';
import { type JsoncDocument, type Path, parseJsonc } from './jsonc.js';
import { didYouMean } from './nearest.js';

type Issue = z.core.$ZodIssue;

/**
 * Reads a configuration (JSON with comments) and checks it against a schema made of `z.strictObject`s, so that an
 * unknown key is an error. A `$schema` key at the top, for editors, is allowed and dropped.
 *
 * @param source the file's name, for error messages
 * @throws UserError with file, line, column, the path, what was found and what is expected; for an unknown key with
 * the nearest right one
 */
export function parseConfig<S extends z.ZodType>(schema: S, text: string, source: string): z.output<S> {
  return checkDocument(schema, parseJsonc(text, source), source);
}

/**
 * Checks a configuration that stands in no file, as {@link parseConfig} does one that stands in a file.
 *
 * @throws UserError with the path, what was found and what is expected
 */
export const checkConfig = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> =>
  checkDocument(schema, { value, where: () => ({}), whereKey: () => ({}) });

function checkDocument<S extends z.ZodType>(schema: S, document: JsoncDocument, source?: string): z.output<S> {
  const result = schema.safeParse(withoutSchemaKey(document.value), { error: expectation });
  if (result.success) return result.data;
  const issues = result.error.issues.map(innermost);
  const [first] = issues;
  if (first === undefined) throw new UserError('the configuration is not valid', { code: 'config', file: source });
  const { problem, ...place } = describe(first, document, schema);
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new UserError(problem + more, { code: 'config', ...place });
}

function withoutSchemaKey(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}

/** Of a union's branches, what is wrong with the one that fits best: its trouble lies deepest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const depth = (branch: Issue[]) => Math.max(...branch.map(({ path }) => path.length));
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const [best] = branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  const [inner] = best ?? [];
  if (inner === undefined) return issue;
  if (inner.path.length === 0 && branches.length > 1) return { ...issue, message: alternatives(branches) };
  return innermost({ ...inner, path: [...issue.path, ...inner.path] });
}

function alternatives(branches: Issue[][]): string {
  return [...new Set(branches.flatMap(([issue]) => (issue ? [issue.message] : [])))].join(', or ');
}

interface Described extends ErrorPlace {
  readonly problem: string;
}

function describe(issue: Issue, document: JsoncDocument, schema: z.ZodType): Described {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') return describeUnknownKey(issue.keys[0] ?? '', path, document, schema);
  const key = dotted(path);
  const value = valueAt(document.value, path);
  const found = value === undefined ? 'is missing' : `is ${show(value)}`;
  return { ...document.where(path), key, problem: `${key || 'the configuration'} ${found}; ${issue.message}` };
}

function describeUnknownKey(name: string, path: Path, document: JsoncDocument, schema: z.ZodType): Described {
  const keys = keysAt(configSchemaJson(schema), path);
  const hint = didYouMean(name, keys) || (keys.length > 0 ? ` (known: ${keys.join(', ')})` : '');
  const key = dotted([...path, name]);
  return { ...document.whereKey([...path, name]), key, problem: `there is no setting ${show(key)}${hint}` };
}

/** `layers[0].width` */
function dotted(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i > 0 ? `.${key}` : key)).join('');
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
