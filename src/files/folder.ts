import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { errorCode, writeError } from './file-errors.js';

/**
 * Makes a folder and those above it, where they are not there yet.
 *
 * @throws UserError where a file is in the way or the system refuses
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new UserError(`${path}: a file is there, not a folder`);
    // Not mkdir's own `recursive`, which never returns where the system says that a parent is missing and it is not.
    if (code !== 'ENOENT') throw writeError(error, path);
    if (await exists(dirname(folder))) throw new UserError(`${path}: the system makes no folder there`);
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
