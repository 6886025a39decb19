import { UserError } from '../common/errors.js';
import { createModel } from '../models/registry.js';
import { parseDevice } from '../runtime/devices.js';
import { openProbedRuntime } from '../runtime/probe.js';
import type { Checkpoint } from '../training/checkpoint.js';
import { FlatLayout } from '../training/flat-parameters.js';
import type { EpochMetrics, TrainerEvents } from '../training/trainer.js';
import type { NewtonConfig } from './config.js';
import { datasetHash } from './dataset-hash.js';
import { onlyDataset, readDataset } from './dataset-read.js';
import { examplesOf, modelConfigOf, openExperiment } from './experiment.js';
import type { FramePairs } from './frames.js';
import type { PerSplit } from './protocol.js';
import {
  prepareRunFolder,
  type RunDescription,
  RunFolder,
  readRunDescription,
  resumeRun,
  runFile,
} from './run-folder.js';
import { lockRun } from './run-lock.js';
import type { TrajectorySet } from './trajectory-set.js';

export interface TrainOptions {
  /** The run's folder. */
  readonly folder: string;
  readonly workers: number;
  readonly device: string;
  readonly version: string;
  readonly commit: string | null;
  readonly signal?: AbortSignal;
  readonly onStep?: TrainerEvents['onStep'];
  readonly onEpoch?: (metrics: EpochMetrics) => void;
}

/** How a training run ended. */
export interface TrainResult {
  readonly finished: boolean;
  readonly description: RunDescription;
  readonly checkpoint: Checkpoint;
  readonly metrics: readonly EpochMetrics[];
  readonly files: Readonly<Record<'checkpoint' | 'metrics' | 'weights', string>>;
}

async function loadData(directory: string, name: string): Promise<{ sets: PerSplit<TrajectorySet>; hash: string }> {
  const sets = await readDataset(directory, name);
  const hash = [sets.train, sets.valid, sets.test].map((set) => datasetHash(set).slice(0, 16)).join('-');
  return { sets, hash };
}

/** The configuration with the name of its data set, so that the run does not depend on what else the folder holds. */
async function withSetName(config: NewtonConfig): Promise<NewtonConfig & { readonly data: { readonly name: string } }> {
  const { data } = config;
  return { ...config, data: { ...data, name: data.name ?? (await onlyDataset(data.directory)) } };
}

/** Starts a training run in an empty folder. */
export async function startTraining(
  given: NewtonConfig,
  options: TrainOptions & { readonly force: boolean },
): Promise<TrainResult> {
  const { folder: path, workers, device, version, commit } = options;
  const layout = new FlatLayout(createModel(modelConfigOf(given)).parameters);
  const config = await withSetName(given);
  const { sets, hash } = await loadData(config.data.directory, config.data.name);
  const examples = examplesOf(config, sets);
  await openProbedRuntime(parseDevice(device));
  await prepareRunFolder(path, options.force);
  const folder = new RunFolder(path, { config, dataHash: hash, workers, device, version, commit }, layout);
  return train(folder, examples, options);
}

/** Goes on with the run in a folder, with the workers that it was started with; `data` tells where its trajectories are now. */
export async function resumeTraining(
  options: Omit<TrainOptions, 'workers' | 'device'> & { readonly data?: string },
): Promise<TrainResult> {
  const stored = await readRunDescription(options.folder);
  const { dataHash, workers, device } = stored;
  await openProbedRuntime(parseDevice(device));
  const { data } = stored.config;
  const config = await withSetName({ ...stored.config, data: { ...data, directory: options.data ?? data.directory } });
  const description = { ...stored, config };
  const layout = new FlatLayout(createModel(modelConfigOf(config)).parameters);
  const { sets, hash } = await loadData(config.data.directory, config.data.name);
  if (hash !== dataHash) {
    throw new UserError(
      `the trajectories in ${config.data.directory} are not those that the run in ${options.folder} was started with`,
    );
  }
  const { folder, checkpoint } = await resumeRun(options.folder, description, layout);
  return train(folder, examplesOf(config, sets), { ...options, workers, device }, checkpoint);
}

async function train(
  folder: RunFolder,
  examples: PerSplit<FramePairs>,
  options: TrainOptions,
  from?: Checkpoint,
): Promise<TrainResult> {
  const { description } = folder;
  const { workers, device, signal } = options;
  const interval = description.config.training.checkpointMinutes * 60_000;
  let saved = performance.now();
  const events: TrainerEvents = {
    onStep: options.onStep,
    async onEpoch(metrics) {
      await folder.addMetrics(metrics);
      options.onEpoch?.(metrics);
    },
    async onCheckpoint(checkpoint, reason) {
      if (reason !== 'step' && checkpoint.progress.best) await folder.saveWeights(checkpoint);
      if (reason === 'best' || (reason === 'step' && performance.now() - saved < interval)) return;
      await folder.saveCheckpoint(checkpoint);
      saved = performance.now();
    },
  };
  const unlock = await lockRun(folder.path);
  const experiment = await openExperiment(description.config, examples, events, {
    workers,
    device,
    signal,
    checkpoint: from,
  }).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  try {
    if (!from) await folder.begin(experiment.trainer.checkpoint());
    const { finished, checkpoint } = await experiment.trainer.run();
    const file = (name: Parameters<typeof runFile>[1]): string => runFile(folder.path, name);
    const files = { checkpoint: file('checkpoint'), metrics: file('metrics'), weights: file('weights') };
    return { finished, description, checkpoint, metrics: folder.metrics, files };
  } finally {
    await experiment.close();
    await unlock();
  }
}
