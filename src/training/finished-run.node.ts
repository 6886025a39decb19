import { access, stat } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import { freshStanding, hasStoppedEarly, type Standing, standingAfter } from './evaluations.js';
import type { RunConfig, RunDescription } from './run-description.js';
import { readMetrics, readRunDescription, runFiles } from './run-folder.node.js';
import type { Trainee } from './trainee.js';
import type { EpochMetrics } from './trainer.js';

/** A training run that got as far as to have weights. */
export interface FinishedRun<Config extends RunConfig> {
  readonly folder: string;
  readonly description: RunDescription<Config>;
  /** One record an epoch, and one an evaluation within an epoch. */
  readonly metrics: readonly EpochMetrics[];
  /** The evaluation with the lowest validation error; null if none was recorded. */
  readonly best: Standing['best'];
  /** It ended before its last epoch, for want of progress. */
  readonly stoppedEarly: boolean;
  /** The file of the weights of the best validation error. */
  readonly weightFile: string;
}

/**
 * Reads what training left in a folder.
 * @throws UserError if the folder is not there, holds no run, or the run has no weights yet
 */
export async function readFinishedRun<Config extends RunConfig>(
  trainee: Pick<Trainee<Config, unknown>, 'command' | 'config'>,
  folder: string,
): Promise<FinishedRun<Config>> {
  await requireFinished(folder, trainee);
  const description = await readRunDescription(trainee, folder);
  const metrics = await readMetrics(folder);
  const { best, waited } = metrics.reduce(
    (standing, { epoch, valid, test }) =>
      valid === undefined ? standing : standingAfter(standing, { epoch, valid, ...(test !== undefined && { test }) }),
    freshStanding,
  );
  const { epoch = 0 } = metrics.at(-1) ?? {};
  const stoppedEarly = hasStoppedEarly(description.config.training, { epoch, waited });
  return { folder, description, metrics, best, stoppedEarly, weightFile: runFiles(folder).weights };
}

async function requireFinished(folder: string, { command }: { readonly command: string }): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found)
    throw new UserError(`there is no folder ${folder}`, {
      file: folder,
      remedy: { command, action: 'give' },
    });
  if (!found.isDirectory()) throw new UserError(`${folder} is a file; give the folder of a run`, { file: folder });
  if (!(await exists(runFiles(folder).checkpoint))) {
    throw new UserError(`${folder} holds no training run`, {
      file: folder,
      remedy: { command, action: 'give' },
    });
  }
  if (!(await exists(runFiles(folder).weights))) {
    throw new UserError(`the run in ${folder} has no weights yet`, {
      file: folder,
      remedy: { command, setting: 'resume', purpose: 'to continue it' },
    });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
