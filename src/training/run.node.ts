import { inFolder } from '../files/folder.node.js';
import type { Checkpoint } from './checkpoint.js';
import { onThreads } from './gradient-pool.node.js';
import { type OpenRunOptions, openRun } from './open-run.js';
import type { RunConfig, RunDescription } from './run-description.js';
import { type RunFolder, runFiles } from './run-folder.node.js';
import { lockRun } from './run-lock.node.js';
import type { TrainableNetwork } from './trainee.js';
import type { EpochMetrics, TrainerEvents } from './trainer.js';

/** How a run is done, in addition to what it was started with. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** After every step. */
  readonly onStep?: TrainerEvents['onStep'];
  /** After every epoch. */
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
        const { finished, checkpoint } = await trainer.run();
        return { finished, description, checkpoint, metrics: folder.metrics, files: runFiles(path) };
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
    async onEpoch(metrics) {
      const stored = await folder.addMetrics(metrics);
      options.onEpoch?.(stored);
    },
    async onCheckpoint(checkpoint, reason) {
      if (reason !== 'step' && checkpoint.progress.best) await folder.saveWeights(checkpoint);
      if (reason === 'best' || (reason === 'step' && performance.now() - saved < interval)) return;
      await folder.saveCheckpoint(checkpoint);
      saved = performance.now();
    },
  };
}
