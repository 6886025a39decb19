import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Weights } from '../../nn/index.js';
import { requireFinishedRun } from '../../training/finished-run.node.js';
import { readMetrics, runFile } from '../../training/run-folder.node.js';
import type { EpochMetrics } from '../../training/trainer.js';
import { type ConformerNetwork, decodeConformerWeights } from '../networks/conformer-network.js';
import { type ConformerRunDescription, conformerRuns, readConformerRun } from './runs.node.js';

/** The training run of a network that got as far as to have weights. */
export interface FinishedConformerRun {
  readonly folder: string;
  readonly description: ConformerRunDescription;
  /** One record an epoch. */
  readonly metrics: readonly EpochMetrics[];
  readonly network: ConformerNetwork;
  /** Those of the best validation error. */
  readonly weights: Weights;
  readonly weightFile: string;
}

/**
 * Reads what `clofnet conformers train` left in a folder.
 * @throws UserError if the folder is not there, holds no run, or the run has no weights yet
 */
export async function readFinishedConformerRun(folder: string): Promise<FinishedConformerRun> {
  await requireFinishedRun(folder, conformerRuns);
  const description = await readConformerRun(folder);
  const weightFile = runFile(folder, 'weights');
  const { network, weights } = decodeConformerWeights(await readSafetensors(weightFile), weightFile);
  return { folder, description, metrics: await readMetrics(folder), network, weights, weightFile };
}
