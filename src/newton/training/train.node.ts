import { UserError } from '../../common/errors.js';
import { parseDevice } from '../../runtime/devices.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { Checkpoint } from '../../training/checkpoint.js';
import { FlatLayout } from '../../training/flat-parameters.js';
import { type RunOptions, type RunStart, runTraining, type TrainResult } from '../../training/run.node.js';
import { prepareRunFolder, RunFolder, resumeRun } from '../../training/run-folder.node.js';
import { datasetHash } from '../data/dataset-hash.node.js';
import { onlyDataset, readDataset } from '../data/dataset-read.node.js';
import type { FramePairs } from '../data/frames.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { createModel } from '../networks/registry.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { NewtonConfig } from './config.js';
import { openExperiment } from './experiment.node.js';
import { examplesOf } from './experiment-data.js';
import { modelConfigOf } from './model-choice.js';
import { newtonRuns, readNewtonRun } from './runs.node.js';

/** How a many-body run ended. */
export type NewtonTrainResult = TrainResult<NewtonConfig>;

async function loadData(directory: string, name: string): Promise<{ sets: PerSplit<TrajectorySet>; hash: string }> {
  const sets = await readDataset(directory, name);
  const hash = [sets.train, sets.valid, sets.test].map((set) => datasetHash(set).slice(0, 16)).join('-');
  return { sets, hash };
}

/** The data of a run that goes on, in the folder where they were, or in the one where they are now. */
async function loadAgain(
  { directory, name }: { readonly directory: string; readonly name: string },
  { folder, data }: { readonly folder: string; readonly data?: string },
): Promise<{ sets: PerSplit<TrajectorySet>; hash: string }> {
  return loadData(directory, name).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const cure =
      data === undefined
        ? `the run in ${folder} was started there: give the folder by --data`
        : `--data must hold the set that the run in ${folder} was started with`;
    throw new UserError(`${error.message}; ${cure}`, { cause: error });
  });
}

/** The configuration with the name of its data set, so that the run does not depend on what else the folder holds. */
async function withSetName(config: NewtonConfig): Promise<NewtonConfig & { readonly data: { readonly name: string } }> {
  const { data } = config;
  return { ...config, data: { ...data, name: data.name ?? (await onlyDataset(data.directory)) } };
}

/** Starts a training run in an empty folder. */
export async function startTraining(
  given: NewtonConfig,
  options: RunStart & { readonly force: boolean },
): Promise<NewtonTrainResult> {
  const { folder: path, workers, device, version, commit } = options;
  const layout = new FlatLayout(createModel(modelConfigOf(given)).parameters);
  const config = await withSetName(given);
  const { sets, hash } = await loadData(config.data.directory, config.data.name);
  const examples = examplesOf(config, sets);
  await openProbedRuntime(parseDevice(device));
  await prepareRunFolder(path, options.force);
  const folder = new RunFolder(newtonRuns, path, { config, dataHash: hash, workers, device, version, commit }, layout);
  return train(folder, examples, options);
}

/** Goes on with the run in a folder, with the workers that it was started with; `data` tells where its trajectories are now. */
export async function resumeTraining(
  options: RunOptions & { readonly folder: string; readonly data?: string },
): Promise<NewtonTrainResult> {
  const stored = await readNewtonRun(options.folder);
  const { dataHash, device } = stored;
  await openProbedRuntime(parseDevice(device));
  const { data } = stored.config;
  const config = await withSetName({ ...stored.config, data: { ...data, directory: options.data ?? data.directory } });
  const description = { ...stored, config };
  const layout = new FlatLayout(createModel(modelConfigOf(config)).parameters);
  const { sets, hash } = await loadAgain(config.data, options);
  if (hash !== dataHash) {
    throw new UserError(
      `the trajectories in ${config.data.directory} are not those that the run in ${options.folder} was started with`,
    );
  }
  const { folder, checkpoint } = await resumeRun(newtonRuns, options.folder, description, layout);
  return train(folder, examplesOf(config, sets), options, checkpoint);
}

function train(
  folder: RunFolder<NewtonConfig>,
  examples: PerSplit<FramePairs>,
  options: RunOptions,
  from?: Checkpoint,
): Promise<NewtonTrainResult> {
  const { config, workers, device } = folder.description;
  const { signal } = options;
  return runTraining(
    folder,
    (events, checkpoint) => openExperiment(config, examples, events, { workers, device, signal, checkpoint }),
    options,
    from,
  );
}
