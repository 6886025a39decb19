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
  if (!found)
    throw new UserError(`there is no folder ${folder}`, {
      file: folder,
      remedy: { command, action: 'give' },
    });
  if (!found.isDirectory()) throw new UserError(`${folder} is a file; give the folder of a run`, { file: folder });
  if (!(await exists(runFile(folder, 'checkpoint')))) {
    throw new UserError(`${folder} holds no training run`, {
      file: folder,
      remedy: { command, action: 'give' },
    });
  }
  if (!(await exists(runFile(folder, 'weights')))) {
    throw new UserError(`the run in ${folder} has no weights yet`, {
      file: folder,
      remedy: { command, setting: 'resume', purpose: 'to go on with it' },
    });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
