import { inFolder } from '../files/folder.node.js';
import type { Checkpoint } from './checkpoint.js';
import type { OpenRun } from './open-run.js';
import type { RunConfig, RunDescription } from './run-description.js';
import { type RunFolder, runFile } from './run-folder.node.js';
import { lockRun } from './run-lock.node.js';
import type { EpochMetrics, TrainerEvents } from './trainer.js';

/** How a run is done, beside what it was started with. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: TrainerEvents['onStep'];
  readonly onEpoch?: (metrics: EpochMetrics) => void;
}

/** How a training run ended. */
export interface TrainResult<Config extends RunConfig> {
  readonly finished: boolean;
  readonly description: RunDescription<Config>;
  readonly checkpoint: Checkpoint;
  readonly metrics: readonly EpochMetrics[];
  readonly files: Readonly<Record<'checkpoint' | 'metrics' | 'weights', string>>;
}

/**
 * Trains in a run's folder, to the end or to the signal, saving checkpoints every so many minutes, the metrics after
 * every epoch and the weights whenever they are the best so far. The folder is made if need be, and goes again if
 * nothing has come into it when this fails.
 * @param open opens the run that is trained, which tells its events
 * @param from where it goes on from; without it, a new run begins
 */
export function runTraining<Config extends RunConfig>(
  folder: RunFolder<Config>,
  open: (events: TrainerEvents) => Promise<OpenRun>,
  options: RunOptions,
  from?: Checkpoint,
): Promise<TrainResult<Config>> {
  return inFolder(folder.path, () => trainIn(folder, open, options, from));
}

async function trainIn<Config extends RunConfig>(
  folder: RunFolder<Config>,
  open: (events: TrainerEvents) => Promise<OpenRun>,
  options: RunOptions,
  from?: Checkpoint,
): Promise<TrainResult<Config>> {
  const unlock = await lockRun(folder.path);
  try {
    const { trainer, close } = await open(savingEvents(folder, options));
    try {
      if (!from) await folder.begin(trainer.checkpoint());
      const { finished, checkpoint } = await trainer.run();
      const file = (name: Parameters<typeof runFile>[1]): string => runFile(folder.path, name);
      const files = { checkpoint: file('checkpoint'), metrics: file('metrics'), weights: file('weights') };
      return { finished, description: folder.description, checkpoint, metrics: folder.metrics, files };
    } finally {
      await close();
    }
  } finally {
    await unlock();
  }
}

function savingEvents<Config extends RunConfig>(folder: RunFolder<Config>, options: RunOptions): TrainerEvents {
  const interval = folder.description.config.training.checkpointMinutes * 60_000;
  let saved = performance.now();
  return {
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
}
