import { stat } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import { STANDARD } from './byte-stream.node.js';
import { readError } from './file-errors.node.js';

/**
 * How many bytes a file has; undefined for standard input, which does not say.
 * @throws UserError where it is missing, or a folder
 */
export async function fileSize(path: string): Promise<number | undefined> {
  if (path === STANDARD) return undefined;
  const found = await stat(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  if (found.isDirectory()) throw new UserError(`cannot read ${path}: it is a folder, not a file`);
  return found.size;
}
