import { UserError } from '../common/errors.js';
import type { RunConfig } from '../training/run-description.js';
import { storedDescription } from '../training/run-folder.node.js';
import type { Task } from '../training/trainee.js';

/** A task without what trains it. */
type KnownTask = Omit<Task<RunConfig, never>, 'build'>;

/** What can be trained. */
export const tasks: readonly (() => Promise<KnownTask>)[] = [
  async () => (await import('../newton/training/task.js')).newtonTask,
  async () => (await import('../conformers/training/task.js')).openConformerTask(),
];

/**
 * Refuses a folder that holds a run of another command. What else may be wrong with a run is for its command to say.
 * @param name of the task that takes the folder for a run of its own
 */
export async function requireRunOf(name: string, folder: string, known = tasks): Promise<void> {
  const stored = await storedDescription(folder).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  const { config } = { config: undefined, ...Object(stored) };
  for (const load of known) {
    const task = await load();
    if (!task.config.safeParse(config).success) continue;
    if (task.name === name) return;
    const others = `use 'clofnet ${task.name} report' or '${task.command} --resume'`;
    throw new UserError(`${folder} is a run of '${task.command}'; ${others}`);
  }
}
