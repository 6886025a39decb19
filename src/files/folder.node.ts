import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { errorCode, writeError } from './file-errors.node.js';

/**
 * Makes a folder and those above it, where they are not there yet.
 *
 * @throws UserError where a file is in the way or the system refuses; then no new folder is left
 */
export async function makeFolder(path: string): Promise<void> {
  await makeMissing(path);
}

/**
 * Makes a folder, as {@link makeFolder} does, and works in it. If the work fails, the folders that were made for it go
 * again, unless something is in them.
 */
export async function inFolder<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const made = await makeMissing(path);
  try {
    return await work();
  } catch (error) {
    await removeEmpty(made);
    throw error;
  }
}

/** Makes what is missing of a path; gives the new folders, the innermost first. */
async function makeMissing(path: string): Promise<string[]> {
  const folder = resolve(path);
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return [];
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new UserError(`${path}: a file is there, not a folder`, { file: path });
    // Not mkdir's own `recursive`, which never returns where the system says that a parent is missing and it is not.
    if (code !== 'ENOENT') throw writeError(error, path);
    if (await exists(dirname(folder)))
      throw new UserError(`${path}: the system cannot create a folder there`, { file: path });
  }
  const above = await makeMissing(dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    await removeEmpty(above);
    throw writeError(error, path);
  }
  return [folder, ...above];
}

/** Removes folders, from the innermost out, as far as they are empty. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) await rmdir(folder);
  } catch {
    // Something is in it, or the system refuses; the error that led here is the one to tell.
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
