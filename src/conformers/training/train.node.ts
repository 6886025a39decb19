import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Weights } from '../../nn/index.js';
import { parseDevice } from '../../runtime/devices.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { Checkpoint } from '../../training/checkpoint.js';
import { FlatLayout } from '../../training/flat-parameters.js';
import { type RunOptions, type RunStart, runTraining, type TrainResult } from '../../training/run.node.js';
import { prepareRunFolder, RunFolder, resumeRun } from '../../training/run-folder.node.js';
import { ensemblesOf, type SplitName } from '../dataset/dataset.js';
import { readDataset } from '../dataset/dataset-file.node.js';
import { hashEnsembles } from '../dataset/ensembles-hash.node.js';
import { decodeConformerWeights } from '../networks/conformer-network.js';
import { describeLearned, type Learned, learnedAfter, learnedFrom, learnedOf } from '../networks/learned.js';
import { hashWeights } from '../networks/weights-hash.node.js';
import type { ConformerConfig } from './config.js';
import { openConformerExperiment, type SharedSplits } from './experiment.node.js';
import { networkConfigOf, traineeOf } from './objective.js';
import { conformerRuns, readConformerRun } from './runs.node.js';
import { type SharedSet, shareEnsembles } from './shared-set.js';

/** How the training of a network ended. */
export type ConformerTrainResult = TrainResult<ConformerConfig>;

/** Starts a training run in an empty folder; `from` names a weight file of the same network to start from. */
export async function startConformerTraining(
  config: ConformerConfig,
  options: RunStart & { readonly force: boolean; readonly from?: string },
): Promise<ConformerTrainResult> {
  const { folder: path, workers, device, version, commit } = options;
  const layout = new FlatLayout(traineeOf(config).parameters);
  const start = options.from === undefined ? undefined : await startingWeights(config, options.from);
  const { sets, hash, learned } = await loadData(config);
  await openProbedRuntime(parseDevice(device));
  await prepareRunFolder(path, options.force);
  const origin = { ...describeLearned(learnedAfter(start?.learned, learned)), ...(start && { from: start.from }) };
  const description = { config, dataHash: hash, workers, device, version, commit, origin };
  return train(new RunFolder(conformerRuns, path, description, layout), sets, options, { weights: start?.weights });
}

/** Goes on with the run in a folder, with the workers that it was started with; `data` tells where its data are now. */
export async function resumeConformerTraining(
  options: RunOptions & { readonly folder: string; readonly data?: string },
): Promise<ConformerTrainResult> {
  const stored = await readConformerRun(options.folder);
  await openProbedRuntime(parseDevice(stored.device));
  const { data } = stored.config;
  const config = { ...stored.config, data: { ...data, file: options.data ?? data.file } };
  const { sets, hash } = await loadData(config);
  if (hash !== stored.dataHash) {
    throw new UserError(
      `the conformers in ${config.data.file} are not those that the run in ${options.folder} was started with`,
    );
  }
  const layout = new FlatLayout(traineeOf(config).parameters);
  const { folder, checkpoint } = await resumeRun(conformerRuns, options.folder, { ...stored, config }, layout);
  return train(folder, sets, options, { checkpoint });
}

/** Weights that were learned before. */
interface StartingWeights {
  readonly weights: Weights;
  /** As it stands in the run's description: where the file lay is nobody else's business. */
  readonly from: { readonly file: string; readonly sha256: string };
  readonly learned: Learned | undefined;
}

async function startingWeights(wanted: ConformerConfig, path: string): Promise<StartingWeights> {
  const { config, weights, provenance } = decodeConformerWeights(await readSafetensors(path), path);
  const { model: kind, ...stored } = config;
  const { model, ...own } = networkConfigOf(wanted);
  if (kind !== model) throw new UserError(`${path} is of a ${kind} network; give --network ${kind} to start from it`);
  const sizes: Readonly<Record<string, unknown>> = own;
  const differing = Object.entries(stored).find(([key, value]) => sizes[key] !== value);
  if (!differing) {
    const from = { file: basename(path), sha256: hashWeights(weights) };
    return { weights, from, learned: learnedFrom(provenance) };
  }
  const [key, value] = differing;
  throw new UserError(`${path} is of a network with ${key} ${value}; set model.${key} to ${value} to start from it`);
}

interface LoadedData {
  readonly sets: SharedSplits;
  readonly hash: string;
  readonly learned: Learned;
}

async function loadData({ data, network }: ConformerConfig): Promise<LoadedData> {
  const dataset = await readDataset(data.file);
  const form = network === 'score' ? 'bonded' : 'pairs';
  const share = (split: SplitName): SharedSet | undefined => {
    const ensembles = ensemblesOf(dataset, split);
    return ensembles.length > 0 ? shareEnsembles(ensembles, data.conformers, form) : undefined;
  };
  const [train, valid] = [share('train'), share('valid')];
  if (!train || !valid) {
    const missing = train ? 'validation' : 'training';
    throw new UserError(`${data.file} has no molecules for ${missing}; make it anew with another --valid`);
  }
  // Where no molecules are set aside for a test, the validation error stands for it.
  const sets = { train, valid, test: share('test') ?? valid };
  return { sets, hash: hashEnsembles(dataset.ensembles), learned: learnedOf(ensemblesOf(dataset, 'train')) };
}

function train(
  folder: RunFolder<ConformerConfig>,
  sets: SharedSplits,
  options: RunOptions,
  from: { readonly weights?: Weights; readonly checkpoint?: Checkpoint },
): Promise<ConformerTrainResult> {
  const { config, workers, device } = folder.description;
  const { signal } = options;
  const { weights } = from;
  return runTraining(
    folder,
    (events, checkpoint) =>
      openConformerExperiment(config, sets, events, { workers, device, signal, checkpoint, weights }),
    options,
    from.checkpoint,
  );
}
