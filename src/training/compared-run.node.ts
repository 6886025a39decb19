import { readSafetensors } from '../files/safetensors-file.node.js';
import { checkpointProgress } from './checkpoint.js';
import type { ComparedRun } from './comparison.js';
import { hasStoppedEarly } from './evaluations.js';
import type { RunConfig } from './run-description.js';
import { readMetrics, readRunDescription, runFiles } from './run-folder.node.js';
import type { Trainee } from './trainee.js';

/**
 * Reads what there is to compare of the run in a folder, finished or not.
 * @param name what it is called beside the others; default the folder
 * @throws UserError if there is no run, or one of another kind
 */
export async function readComparedRun<Config extends RunConfig>(
  trainee: Pick<Trainee<Config, unknown>, 'command' | 'config' | 'settings'>,
  folder: string,
  name = folder,
): Promise<ComparedRun> {
  const stored = await readRunDescription(trainee, folder);
  const config = trainee.config.parse(stored.config);
  const file = runFiles(folder).checkpoint;
  const checkpoint = await readSafetensors(file);
  const progress = checkpointProgress(checkpoint, file);
  const { best, epoch, step } = progress;
  const metrics = await readMetrics(folder);
  const weights = [...checkpoint.tensors].filter(([tensor]) => tensor.startsWith('best.'));
  return {
    name,
    folder,
    description: { ...stored, config },
    ...(trainee.settings && { settings: trainee.settings(config) }),
    metrics,
    best,
    finished: epoch >= config.training.epochs || hasStoppedEarly(config.training, progress),
    epochs: epoch,
    steps: step,
    parameters: weights.reduce((sum, [, { data }]) => sum + data.length, 0),
    seconds: metrics.at(-1)?.seconds ?? null,
  };
}
