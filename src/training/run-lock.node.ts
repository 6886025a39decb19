import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { anotherFile } from '../common/remedy.js';
import { errorCode, writeError } from '../files/file-errors.node.js';

const LOCK = 'lock';

/** The folders that this process has locked. A lock of this number that is not here was left by a process before. */
const own = new Set<string>();

/** Whether a process of that number runs on this machine. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * Makes sure that no other process works in a run's folder: two would mix their files. What a killed process left
 * behind does not count.
 * @returns gives the folder back
 * @throws UserError if another process is training there
 */
export async function lockRun(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  for (let tries = 0; tries < 2; tries++) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      own.add(resolve(path));
      return async () => {
        own.delete(resolve(path));
        await rm(path, { force: true });
      };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') {
        await rm(path, { force: true }); // on a full disk it is there, and empty
        throw writeError(error, path);
      }
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    const isAnother = owner === process.pid ? own.has(resolve(path)) : owner > 0 && isRunning(owner);
    if (isAnother) {
      const remedy = ['wait for it', 'stop it', `delete ${path} if it is not a training run`, anotherFile];
      throw new UserError(`process ${owner} is already training in ${folder}`, {
        code: 'conflict',
        file: folder,
        remedy,
      });
    }
    await rm(path, { force: true });
  }
  throw new UserError(`another process has just started training in ${folder}`, {
    code: 'conflict',
    file: folder,
    remedy: anotherFile,
  });
}
