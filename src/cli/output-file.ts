import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../common/errors.js';

export interface OutputFileRules {
  /** The option that names the file, for messages: `--out`. */
  readonly option: string;
  /** Files that the command reads: none of them is written over, with `force` neither. */
  readonly inputs?: readonly (string | undefined)[];
  /** How the name must end: `['.sdf', '.xyz']`; default anyhow. */
  readonly endings?: readonly string[];
  /** Whether a file that is there may be replaced. */
  readonly force: boolean;
}

/**
 * Checks a file that a command is to write, before anything is computed.
 * @throws UserError if it is one of the command's inputs, has another ending than its kind, or is there already
 */
export async function requireOutputFile(
  path: string,
  { option, inputs = [], endings, force }: OutputFileRules,
): Promise<void> {
  if (endings && !endings.some((ending) => path.toLowerCase().endsWith(ending)))
    throw new UserError(`${option} takes a file that ends in ${endings.join(' or ')}, not ${path}`);
  const target = await locationOf(path);
  for (const input of inputs) {
    if (input !== undefined && (await locationOf(input)) === target)
      throw new UserError(`${path} is an input; give another ${option}`);
  }
  if (!force && (await isThere(path)))
    throw new UserError(`${path} is already there; give --force to replace it, or another ${option}`);
}

/**
 * The file that a report on a run is written to: the one that is named, else report.html in the run's folder, which may be
 * replaced.
 * @throws UserError as {@link requireOutputFile}
 */
export async function reportFile(
  folder: string,
  { out, inputs, force }: Pick<OutputFileRules, 'inputs' | 'force'> & { readonly out: string | undefined },
): Promise<string> {
  const own = join(folder, 'report.html');
  const file = out ?? own;
  const isOwn = (await locationOf(file)) === (await locationOf(own));
  await requireOutputFile(file, { option: '--out', inputs, endings: ['.html'], force: force || isOwn });
  return file;
}

/** Where a name leads to, symbolic links resolved; where nothing is, its absolute path. */
const locationOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

const isThere = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
