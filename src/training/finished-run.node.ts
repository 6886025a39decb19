import { access, stat } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import type { RunConfig } from './run-description.js';
import { type RunKind, runFile } from './run-folder.node.js';

/**
 * Checks that a folder holds a run that got as far as to have weights.
 * @throws UserError if the folder is not there, holds no run, or the run has no weights yet
 */
export async function requireFinishedRun(
  folder: string,
  { command }: Pick<RunKind<RunConfig>, 'command'>,
): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw new UserError(`there is no folder ${folder}; give one that '${command}' wrote`);
  if (!found.isDirectory()) throw new UserError(`${folder} is a file; give the folder of a run`);
  if (!(await exists(runFile(folder, 'checkpoint')))) {
    throw new UserError(`${folder} holds no training run; give a folder that '${command}' wrote`);
  }
  if (!(await exists(runFile(folder, 'weights')))) {
    throw new UserError(`the run in ${folder} has no weights yet; go on with it by '${command} --resume'`);
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
