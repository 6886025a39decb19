import { UserError } from '../common/errors.js';
import type { RunConfig } from '../training/run-description.js';
import { storedDescription } from '../training/run-folder.node.js';
import type { RunTrainee } from '../training/start-run.node.js';
import type { Task } from '../training/trainee.js';

/** Something that the command line trains, with the place that its data come from. */
export type KnownTask = Task<RunConfig, unknown> & RunTrainee<RunConfig, unknown>;

/** What can be trained. */
export const tasks: readonly (() => Promise<KnownTask>)[] = [
  async () => (await import('../newton/training/newton-runs.node.js')).newtonRuns,
  async () => (await import('../conformers/training/conformer-runs.node.js')).openConformerRuns(),
  async () => (await import('../fit/training/fit-runs.node.js')).fitRuns,
];

/** The task that the run in a folder is of; undefined where there is no run, or one that no task knows. */
export async function taskOfRun(folder: string, known = tasks): Promise<KnownTask | undefined> {
  const stored = await storedDescription(folder).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  const { config } = { config: undefined, ...Object(stored) };
  for (const load of known) {
    const task = await load();
    if (task.config.safeParse(config).success) return task;
  }
  return undefined;
}

/**
 * Refuses a folder that holds a run of another command. What else may be wrong with a run is for its command to say.
 * @param name of the task that takes the folder for a run of its own
 */
export async function requireRunOf(name: string, folder: string, known = tasks): Promise<void> {
  const task = await taskOfRun(folder, known);
  if (task === undefined || task.name === name) return;
  throw new UserError(`${folder} is a run of another kind`, {
    code: 'mismatch',
    file: folder,
    remedy: [{ command: `${task.name} report` }, { command: task.command, setting: 'resume' }],
  });
}
