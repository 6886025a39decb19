import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../common/errors.js';
import { errorCode } from '../files/file-errors.js';

const LOCK = 'lock';

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
 * @throws UserError if another process trains there
 */
export async function lockRun(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  for (let tries = 0; tries < 2; tries++) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner > 0 && isRunning(owner)) {
      throw new UserError(`process ${owner} trains in ${folder}; wait for it, stop it, or give another --out`);
    }
    await rm(path, { force: true });
  }
  throw new UserError(`another process began to train in ${folder} just now; give another --out`);
}
