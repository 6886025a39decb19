import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Weights } from '../../nn/index.js';
import type { RunTrainee } from '../../training/start-run.node.js';
import { type Dataset, ensemblesOf, type SplitName } from '../dataset/dataset.js';
import { readDataset } from '../dataset/dataset-file.node.js';
import { hashEnsembles } from '../dataset/ensembles-hash.node.js';
import type { GraphForm } from '../graphs/bonded-graph.js';
import type { ConformerNetworkConfig } from '../networks/conformer-network.js';
import { decodeConformerWeights } from '../networks/conformer-weights.js';
import { describeLearned, type Learned, learnedAfter, learnedFrom, learnedOf } from '../networks/learned.js';
import { hashWeights } from '../networks/weights-hash.node.js';
import { conformerNetworks } from './network-list.js';
import type { ConformerConfig } from './network-record.js';
import { type SharedSet, type SharedSplits, shareEnsembles } from './shared-set.js';
import { type ConformerTask, openConformerTask } from './task.js';

/** The training runs of networks that make conformers, on a prepared data set. */
export async function openConformerRuns(
  networks = conformerNetworks,
): Promise<ConformerTask & RunTrainee<ConformerConfig, SharedSplits>> {
  const task = await openConformerTask(networks);
  const startOf = (config: ConformerConfig, from: string): Promise<StartingWeights> =>
    startingWeights({ model: task.networkOf(config).name, ...config.model }, from);
  return {
    ...task,
    async load(config, from) {
      const { graphs } = task.networkOf(config);
      const start = from === undefined ? undefined : await startOf(config, from);
      const dataset = await readDataset(config.data.file);
      const data = shareSplits(dataset, config, graphs);
      const learned = learnedAfter(start?.learned, learnedOf(ensemblesOf(dataset, 'train')));
      const origin = { ...describeLearned(learned), ...(start && { from: start.from }) };
      return { data, hash: hashEnsembles(dataset.ensembles), origin, weights: start?.weights };
    },
    checkStart: startOf,
    place: {
      setting: 'data.file',
      describe: ({ data }) => `the conformers in ${data.file}`,
      move: (config, file) => ({ ...config, data: { ...config.data, file } }),
    },
  };
}

function shareSplits(dataset: Dataset, { data }: Pick<ConformerConfig, 'data'>, form: GraphForm): SharedSplits {
  const share = (split: SplitName): SharedSet | undefined => {
    const ensembles = ensemblesOf(dataset, split);
    return ensembles.length > 0 ? shareEnsembles(ensembles, data.conformers, form) : undefined;
  };
  const [train, valid, test] = [share('train'), share('valid'), share('test')];
  if (!train || !valid) {
    const missing = train ? 'validation' : 'training';
    throw new UserError(`${data.file} has no ${missing} molecules`, {
      file: data.file,
      remedy: { setting: 'valid', action: 'change', command: 'conformers prepare' },
    });
  }
  return { train, valid, ...(test && { test }) };
}

/** Weights that were learned before. */
interface StartingWeights {
  readonly weights: Weights;
  /** As it stands in the run's description: where the file lay is nobody else's business. */
  readonly from: { readonly file: string; readonly sha256: string };
  readonly learned: Learned | undefined;
}

/** Reads weights to start from. @throws UserError for a file that holds none, or those of another network */
async function startingWeights(wanted: ConformerNetworkConfig, path: string): Promise<StartingWeights> {
  const { config, weights, provenance } = await decodeConformerWeights(await readSafetensors(path), path);
  const { model: kind, ...stored } = config;
  if (kind !== wanted.model)
    throw new UserError(`${path} is of a ${kind} network`, {
      code: 'mismatch',
      file: path,
      remedy: { setting: 'network', value: kind, purpose: 'to start from it' },
    });
  const differing = Object.entries(stored).find(([key, value]) => wanted[key] !== value);
  if (!differing) {
    const from = { file: basename(path), sha256: hashWeights(weights) };
    return { weights, from, learned: learnedFrom(provenance) };
  }
  const [key, value] = differing;
  throw new UserError(`${path} is of a network with ${key} ${value}; set model.${key} to ${value} to start from it`, {
    file: path,
  });
}
