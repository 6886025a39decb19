import { inFolder } from '../files/folder.node.js';
import type { Checkpoint } from './checkpoint.js';
import type { RunConfig, RunDescription } from './run-description.js';
import { type RunFolder, runFile } from './run-folder.node.js';
import { lockRun } from './run-lock.node.js';
import type { EpochMetrics, Trainer, TrainerEvents } from './trainer.js';

/** How a run is done, beside what it was started with. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** After every step. */
  readonly onStep?: TrainerEvents['onStep'];
  /** After every epoch. */
  readonly onEpoch?: (metrics: EpochMetrics) => void;
}

/** What a run is started with, beside its configuration. */
export interface RunStart extends RunOptions {
  /** The run's folder. */
  readonly folder: string;
  readonly workers: number;
  readonly device: string;
  readonly version: string;
  readonly commit: string | null;
}

/** How a training run ended. */
export interface TrainResult<Config extends RunConfig> {
  readonly finished: boolean;
  readonly description: RunDescription<Config>;
  readonly checkpoint: Checkpoint;
  readonly metrics: readonly EpochMetrics[];
  readonly files: Readonly<Record<'checkpoint' | 'metrics' | 'weights', string>>;
}

/** A trainer with its workers and its optimiser, ready to start. */
export interface OpenTrainer {
  readonly trainer: Trainer;
  close(): Promise<void>;
}

/** What opens a trainer: the events that it is to tell, and where it goes on from. */
export type TrainerOpener = (events: TrainerEvents, from: Checkpoint | undefined) => Promise<OpenTrainer>;

/**
 * Trains in a run's folder, to the end or to the signal, saving checkpoints every so many minutes, the metrics after
 * every epoch and the weights whenever they are the best so far. The folder is made if need be, and goes again if
 * nothing has come into it when this fails.
 * @param from where to go on from; without it, a new run begins
 */
export function runTraining<Config extends RunConfig>(
  folder: RunFolder<Config>,
  open: TrainerOpener,
  options: RunOptions,
  from?: Checkpoint,
): Promise<TrainResult<Config>> {
  return inFolder(folder.path, () => trainIn(folder, open, options, from));
}

async function trainIn<Config extends RunConfig>(
  folder: RunFolder<Config>,
  open: TrainerOpener,
  options: RunOptions,
  from?: Checkpoint,
): Promise<TrainResult<Config>> {
  const unlock = await lockRun(folder.path);
  try {
    const experiment = await open(savingEvents(folder, options), from);
    try {
      if (!from) await folder.begin(experiment.trainer.checkpoint());
      const { finished, checkpoint } = await experiment.trainer.run();
      const file = (name: Parameters<typeof runFile>[1]): string => runFile(folder.path, name);
      const files = { checkpoint: file('checkpoint'), metrics: file('metrics'), weights: file('weights') };
      return { finished, description: folder.description, checkpoint, metrics: folder.metrics, files };
    } finally {
      await experiment.close();
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
