import { UserError } from '../../common/errors.js';
import type { LoadedData, RunTrainee } from '../../training/start-run.node.js';
import type { Task } from '../../training/trainee.js';
import { datasetHash, windowsHash } from '../data/dataset-hash.node.js';
import { onlyDataset, readDataset } from '../data/dataset-read.node.js';
import { findTrajectoryFiles, readTrajectories, type TrajectoryFiles } from '../data/trajectory-files.node.js';
import type { Windows } from '../data/windows.js';
import { type PerSplit, SPLITS } from '../simulation/protocol.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';
import { examplesOf, trajectoryExamples } from './experiment-data.js';
import { newtonTask } from './task.js';

type Loaded = LoadedData<NewtonConfig, PerSplit<Windows>>;

/** The training runs of many-body networks, on trajectories in `.npy` files or in extended XYZ. */
export const newtonRuns: Task<NewtonConfig, PerSplit<Windows>> & RunTrainee<NewtonConfig, PerSplit<Windows>> = {
  ...newtonTask,
  async load(given: NewtonConfig) {
    const files = await findTrajectoryFiles(given.data.directory);
    return files ? loadTrajectories(given, files) : loadDataset(given);
  },
  place: {
    setting: 'data.directory',
    describe: ({ data }) => `the trajectories in ${data.directory}`,
    move: (config, directory) => ({ ...config, data: { ...config.data, directory } }),
  },
};

async function loadDataset(given: NewtonConfig): Promise<Loaded> {
  // With the name of the set, so that the run does not depend on what else the folder holds.
  const { directory, name = await onlyDataset(directory) } = given.data;
  const config = { ...given, data: { ...given.data, name } };
  const sets = await readDataset(directory, name);
  const hash = [sets.train, sets.valid, sets.test].map((set) => datasetHash(set).slice(0, 16)).join('-');
  // In full: the configurations of runs of earlier versions lack keys.
  return { config, data: examplesOf(newtonConfigSchema.parse(config), sets), hash };
}

async function loadTrajectories(given: NewtonConfig, files: TrajectoryFiles): Promise<Loaded> {
  const { data, model } = given;
  if (data.name !== undefined)
    throw new UserError(`is for sets of .npy files; ${files.path} holds trajectories in another format`, {
      about: 'data.name',
      remedy: { setting: 'data.name', action: 'omit' },
    });
  const { scalars, vectors } = model;
  const read = await readTrajectories(files, {
    groupBy: data.groupBy,
    columns: { scalars, vectors },
  });
  const { config, windows } = trajectoryExamples(given, read);
  return { config, data: windows, hash: SPLITS.map((split) => windowsHash(windows[split])).join('-') };
}
