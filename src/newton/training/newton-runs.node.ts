import { UserError } from '../../common/errors.js';
import type { RunTrainee } from '../../training/start-run.node.js';
import type { Task } from '../../training/trainee.js';
import { datasetHash } from '../data/dataset-hash.node.js';
import { onlyDataset, readDataset, readDescription } from '../data/dataset-read.node.js';
import type { SetDescription } from '../data/set-description.js';
import type { Windows } from '../data/windows.js';
import type { PerSplit } from '../simulation/protocol.js';
import { PUBLISHED_SPACING } from '../system/system.js';
import type { NewtonConfig } from './config.js';
import { examplesOf } from './experiment-data.js';
import { newtonTask } from './task.js';

/** The training runs of many-body networks, on trajectories in `.npy` files. */
export const newtonRuns: Task<NewtonConfig, PerSplit<Windows>> & RunTrainee<NewtonConfig, PerSplit<Windows>> = {
  ...newtonTask,
  async load(given: NewtonConfig) {
    // With the name of the set, so that the run does not depend on what else the folder holds.
    const { directory, name = await onlyDataset(directory) } = given.data;
    const spacing = agreedSpacing(given.data.spacing, await readDescription(directory, name));
    const config = { ...given, data: { ...given.data, name, ...(spacing !== undefined && { spacing }) } };
    const sets = await readDataset(directory, name);
    const hash = [sets.train, sets.valid, sets.test].map((set) => datasetHash(set).slice(0, 16)).join('-');
    return { config, data: examplesOf(config, sets), hash };
  },
  place: {
    setting: 'data.directory',
    describe: ({ data }) => `the trajectories in ${data.directory}`,
    move: (config, directory) => ({ ...config, data: { ...config.data, directory } }),
  },
};

/** The time between snapshots, where it is not the published one that nobody states. */
function agreedSpacing(given: number | undefined, description: SetDescription | undefined): number | undefined {
  const said = description?.spacing;
  if (given !== undefined && said !== undefined && given !== said) {
    throw new UserError(`is ${given}, but the snapshots of the set are ${said} apart`, {
      about: 'data.spacing',
      remedy: { setting: 'data.spacing', action: 'omit' },
    });
  }
  return given ?? (said === PUBLISHED_SPACING ? undefined : said);
}
