import { UserError } from '../../common/errors.js';
import type { RunDescription } from '../../training/run-description.js';
import type { RunTrainee } from '../../training/start-run.node.js';
import { type Dataset, ensemblesOf, type SplitName } from '../dataset/dataset.js';
import { readDataset } from '../dataset/dataset-file.node.js';
import { hashEnsembles } from '../dataset/ensembles-hash.node.js';
import type { GraphForm } from '../graphs/bonded-graph.js';
import { describeLearned, learnedAfter, learnedOf } from '../networks/learned.js';
import type { ConformerConfig } from './network-record.js';
import { type SharedSet, type SharedSplits, shareEnsembles } from './shared-set.js';
import { startingWeights } from './starting-weights.node.js';
import { type ConformerTask, openConformerTask } from './task.js';

/** What the training run of a network was started with. */
export type ConformerRunDescription = RunDescription<ConformerConfig>;

/** The training runs of networks that make conformers, on a prepared data set. */
export async function openConformerRuns(): Promise<ConformerTask & RunTrainee<ConformerConfig, SharedSplits>> {
  const task = await openConformerTask();
  return {
    ...task,
    async load(config, from) {
      const start = from === undefined ? undefined : await startingWeights(config, from);
      const dataset = await readDataset(config.data.file);
      const data = shareSplits(dataset, config, task.traineeOf(config).graphs);
      const learned = learnedAfter(start?.learned, learnedOf(ensemblesOf(dataset, 'train')));
      const origin = { ...describeLearned(learned), ...(start && { from: start.from }) };
      return { data, hash: hashEnsembles(dataset.ensembles), origin, weights: start?.weights };
    },
    place: {
      kind: 'file',
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
  const [train, valid] = [share('train'), share('valid')];
  if (!train || !valid) {
    const missing = train ? 'validation' : 'training';
    throw new UserError(`${data.file} has no molecules for ${missing}; make it anew with another --valid`);
  }
  // Where no molecules are set aside for a test, the validation error stands for it.
  return { train, valid, test: share('test') ?? valid };
}
