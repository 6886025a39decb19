import { inFolder } from '../files/folder.node.js';
import { onThreads } from './gradient-pool.node.js';
import { type OpenRunOptions, openRun } from './open-run.js';
import type { RunConfig, RunDescription } from './run-description.js';
import { type RunFolder, runFiles } from './run-folder.node.js';
import { lockRun } from './run-lock.node.js';
import type { TrainableNetwork } from './trainee.js';
import type { EpochMetrics, TrainerEnd, TrainerEvents } from './trainer.js';

/** How a run is done, in addition to what it was started with. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** After every step. */
  readonly onStep?: TrainerEvents['onStep'];
  /** After every epoch, and every evaluation within one. @param isBest the validation error is the lowest so far */
  readonly onEpoch?: (metrics: EpochMetrics, isBest: boolean) => void;
}

/** How a training run ended. */
export interface TrainResult<Config extends RunConfig> extends TrainerEnd {
  readonly description: RunDescription<Config>;
  readonly metrics: readonly EpochMetrics[];
  readonly files: Readonly<Record<'checkpoint' | 'metrics' | 'table' | 'weights', string>>;
}

/**
 * Trains on worker threads in a run's folder, to the end or to the signal, saving checkpoints every so many minutes,
 * the metrics after every epoch and the weights whenever they are the best so far. The folder is made if need be, and
 * goes again if nothing has come into it when this fails.
 * @param from where to continue from, or weights to start a new run from
 */
export function trainInFolder<Config extends RunConfig, Data>(
  folder: RunFolder<Config>,
  network: TrainableNetwork<Config, Data>,
  data: Data,
  options: RunOptions,
  from: Pick<OpenRunOptions, 'checkpoint' | 'weights'>,
): Promise<TrainResult<Config>> {
  const { path, description } = folder;
  return inFolder(path, async () => {
    const unlock = await lockRun(path);
    try {
      const given = { ...from, events: savingEvents(folder, options), signal: options.signal };
      const { training } = description.config;
      const { trainer, close } = await openRun({ network, data, training }, onThreads(description), given);
      try {
        if (!from.checkpoint) await folder.begin(trainer.checkpoint());
        folder.startClock();
        return { ...(await trainer.run()), description, metrics: folder.metrics, files: runFiles(path) };
      } finally {
        await close();
      }
    } finally {
      await unlock();
    }
  });
}

function savingEvents<Config extends RunConfig>(folder: RunFolder<Config>, options: RunOptions): TrainerEvents {
  const interval = folder.description.config.training.checkpointMinutes * 60_000;
  let saved = performance.now();
  return {
    onStep: options.onStep,
    async onEpoch(metrics, isBest) {
      const stored = await folder.addMetrics(metrics);
      options.onEpoch?.(stored, isBest);
    },
    async onCheckpoint(checkpoint, reason) {
      if (reason !== 'step' && checkpoint.progress.best) await folder.saveWeights(checkpoint);
      if (reason === 'best' || (reason === 'step' && performance.now() - saved < interval)) return;
      await folder.saveCheckpoint(checkpoint);
      saved = performance.now();
    },
  };
}
