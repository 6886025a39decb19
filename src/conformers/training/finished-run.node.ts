import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Weights } from '../../nn/index.js';
import { type FinishedRun, readFinishedRun } from '../../training/finished-run.node.js';
import type { ConformerNetwork } from '../networks/conformer-network.js';
import { decodeConformerWeights } from '../networks/conformer-weights.js';
import type { ConformerConfig } from './network-record.js';
import { openConformerTask } from './task.js';

/** The training run of a network that got as far as to have weights. */
export interface FinishedConformerRun extends FinishedRun<ConformerConfig> {
  readonly network: ConformerNetwork;
  /** Those of the best validation error. */
  readonly weights: Weights;
  /** The deviations of the noise that it has learned to take away, in ångström. */
  readonly noiseRange: readonly [lowest: number, highest: number];
}

/**
 * Reads what `clofnet conformers train` left in a folder.
 * @throws UserError if the folder is not there, holds no run, or the run has no weights yet
 */
export async function readFinishedConformerRun(folder: string): Promise<FinishedConformerRun> {
  const task = await openConformerTask();
  const run = await readFinishedRun(task, folder);
  const { weightFile, description } = run;
  const { network, weights } = await decodeConformerWeights(await readSafetensors(weightFile), weightFile);
  const noiseRange = task.networkOf(description.config).noiseRange(description.config);
  return { ...run, network, weights, noiseRange };
}
