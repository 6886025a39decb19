import { UserError } from '../common/errors.js';

/**
 * What every format of files has, whatever such files hold: plain data, so that help texts can name it. Compression
 * (`.gz`) and standard input (`-`) are no matter of formats; see `openFormat`.
 */
export interface FileFormat {
  /** For lists of choices: `JSON lines (.jsonl)`. */
  readonly title: string;
  /** How names of such files end, in lower case; the usual ending first. */
  readonly endings: readonly [string, ...string[]];
  /** Whether a file that begins with these bytes, a few thousand at most, is one; asked if its name does not say. */
  readonly beginsLike?: (start: Uint8Array) => boolean;
}

/** The format of a file by its name, packed or not. */
export function formatByName<F extends FileFormat>(formats: readonly F[], path: string): F | undefined {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  return formats.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
}

/** The format of a file by its name, or if that does not say, by how it begins. */
export function formatOf<F extends FileFormat>(formats: readonly F[], path: string, start: Uint8Array): F | undefined {
  return formatByName(formats, path) ?? formats.find(({ beginsLike }) => beginsLike?.(start.subarray(0, 4096)));
}

/** `a, b or c` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** How files of these formats usually end: `.smi, .sdf or .xyz`. */
export const usualEndings = (formats: readonly FileFormat[]): string =>
  listed(formats.map(({ endings: [first] }) => first));

/** `SMILES lists (.smi), SDF (.sdf) or XYZ (.xyz)` */
export const titlesOf = (formats: readonly FileFormat[]): string =>
  listed(formats.map(({ title, endings: [first] }) => `${title} (${first})`));

/** The formats that there are, and those of them that will do. */
export interface FormatChoice<F extends FileFormat> {
  readonly all: readonly F[];
  readonly fit: readonly F[];
  /** What is wanted of a file, for the error of one that does not hold it: `positions in space`. */
  readonly need: string;
  /** What a file is taken for whose name and beginning say nothing. */
  readonly otherwise?: F;
}

/**
 * The format of a file among those that will do.
 *
 * @param start its first bytes, unpacked
 * @throws UserError, which names those that will do, for a file of another format or of none
 */
export function chooseFormat<F extends FileFormat>(
  source: string,
  start: Uint8Array,
  { all, fit, need, otherwise }: FormatChoice<F>,
): F {
  const found = formatOf(fit, source, start) ?? otherwise;
  if (found) return found;
  if (start.length === 0) throw new UserError(`${source}: the file is empty`);
  const other = formatOf(all, source, start);
  const wanted = titlesOf(fit);
  if (other) throw new UserError(`${source}: ${other.title} cannot hold ${need}; give ${wanted}`);
  throw new UserError(`${source}: cannot tell what it holds; give ${wanted}`);
}
