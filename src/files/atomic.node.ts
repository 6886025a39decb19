import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { errorCode, writeError } from './file-errors.node.js';

/** What a file may be written from: all of it at once, or piece by piece where it would not fit in memory. */
export type FileData = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A file that is complete on the disk under a temporary name, waiting to take its own name. */
export interface StagedFile {
  /** The name that it will take (symbolic links resolved). */
  readonly path: string;
  /** Takes its name, replacing what stood there. */
  commit(): Promise<void>;
  /** Removes the temporary file. Does nothing after a commit. */
  discard(): Promise<void>;
}

/**
 * Writes a file so that its name never refers to half of it: the data goes to a temporary file in the same folder,
 * is flushed to the disk, and then takes the name in one step. After a failure the old file is untouched and no
 * temporary one is left.
 *
 * @throws UserError where the folder is missing, may not be written or is full, or `path` is no regular file.
 */
export async function writeFileAtomic(path: string, data: FileData): Promise<void> {
  const staged = await stageFile(path, data);
  try {
    await staged.commit();
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

/**
 * The first half of {@link writeFileAtomic}: for files that belong together, stage all of them before any is
 * committed. Temporary files that killed processes left of the same file are removed.
 *
 * @throws UserError as {@link writeFileAtomic} does.
 */
export async function stageFile(path: string, data: FileData): Promise<StagedFile> {
  const target = await resolveTarget(path);
  await removeStale(target);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeFlushed(temporary, data);
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeError(error, path);
  }
  return {
    path: target,
    commit: () => takeName(temporary, target),
    discard: () => rm(temporary, { force: true }),
  };
}

async function writeFlushed(path: string, data: FileData): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await writeFile(file, data);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takeName(temporary: string, target: string): Promise<void> {
  try {
    await rename(temporary, target);
  } catch (error) {
    throw writeError(error, target);
  }
  await flushFolder(dirname(target));
}

/** Makes a rename last through a power cut, on systems where folders can be flushed. */
async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Windows and some network disks cannot; the rename itself has been done.
  } finally {
    await handle?.close();
  }
}

async function resolveTarget(path: string): Promise<string> {
  try {
    const target = await realpath(path);
    const found = await stat(target);
    if (found.isDirectory()) throw new UserError(`cannot write ${path}: a folder of that name is there`);
    if (!found.isFile()) throw new UserError(`cannot write ${path}: it is a device or pipe, not a regular file`);
    return target;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return resolve(path);
    throw writeError(error, path);
  }
}

/** Removes what processes that are no longer alive left behind while they were writing `target`. */
async function removeStale(target: string): Promise<void> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const writer = name.startsWith(prefix)
      ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (writer !== undefined && !isAlive(Number(writer))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
