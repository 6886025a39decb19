import { backboneNamed } from '../../networks/network-config.js';
import type { Weights } from '../../nn/index.js';
import { type FinishedRun, readFinishedRun } from '../../training/finished-run.node.js';
import type { DynamicsModel } from '../networks/model.js';
import { readModelFile } from '../networks/read-model-file.node.js';
import { backbones } from '../networks/registry.js';
import type { NewtonConfig } from './config.js';
import { newtonTask } from './task.js';

/** A training run of a many-body network that got as far as to have weights. */
export interface FinishedNewtonRun extends FinishedRun<NewtonConfig> {
  readonly model: DynamicsModel;
  /** Those of the best validation error. */
  readonly weights: Weights;
}

/**
 * Reads what `clofnet newton train` left in a folder.
 * @throws UserError if the folder is not there, holds no run, or the run has no weights yet
 */
export async function readFinishedNewtonRun(folder: string): Promise<FinishedNewtonRun> {
  const run = await readFinishedRun(newtonTask, folder);
  const { model, weights } = await readModelFile(run.weightFile);
  return { ...run, model, weights };
}

/** A name for each run: the network's, and where two are of one network, what distinguishes them. */
export function runNames(runs: readonly Pick<FinishedNewtonRun, 'folder' | 'description'>[]): string[] {
  const titles = runs.map(({ description }) => backboneNamed(backbones, description.config.model.model).title);
  const seeds = runs.map(({ description }, k) => `${titles[k]}, seed ${description.config.training.seed}`);
  const folders = runs.map(({ folder }, k) => `${titles[k]}, ${folder}`);
  const isAlone = (names: readonly string[], k: number): boolean =>
    names.filter((name) => name === names[k]).length === 1;
  return runs.map((_, k) => [titles, seeds].find((names) => isAlone(names, k))?.[k] ?? folders[k]);
}
