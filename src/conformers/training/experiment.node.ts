import { initialize, type Weights } from '../../nn/index.js';
import { Rng } from '../../random/generator.js';
import { parseDevice } from '../../runtime/devices.js';
import type { Checkpoint } from '../../training/checkpoint.js';
import { FlatLayout } from '../../training/flat-parameters.js';
import { GradientPool } from '../../training/gradient-pool.node.js';
import { freshState, Optimizer } from '../../training/optimizer-run.js';
import type { OpenTrainer } from '../../training/run.node.js';
import { Trainer, type TrainerEvents } from '../../training/trainer.js';
import type { ConformerConfig } from './config.js';
import { traineeOf } from './objective.js';
import type { SharedSet } from './shared-set.js';

/** The sets that a run learns from, is chosen by and is tested on. */
export type SharedSplits = Readonly<Record<'train' | 'valid' | 'test', SharedSet>>;

export interface ConformerExperimentOptions {
  readonly workers: number;
  readonly device: string;
  readonly signal?: AbortSignal;
  /** Where to go on from. */
  readonly checkpoint?: Checkpoint;
  /** Weights to start from instead of fresh ones. */
  readonly weights?: Weights;
}

/** Sets up a network, its optimiser and the worker threads. */
export async function openConformerExperiment(
  config: ConformerConfig,
  sets: SharedSplits,
  events: TrainerEvents,
  { workers, device, signal, checkpoint, weights }: ConformerExperimentOptions,
): Promise<OpenTrainer> {
  const { parameters, objective } = traineeOf(config);
  const { training } = config;
  const layout = new FlatLayout(parameters);
  const first = weights ?? initialize(parameters, Rng.fromSeed(training.seed).fork('weights'));
  const state = checkpoint?.state ?? freshState(layout.flatten(first));
  const optimizer = new Optimizer(training.optimizer, state, { shared: true });
  const { programs, task, sizesOf } = objective(sets);
  const { train, valid, test } = sets;
  const pool = new GradientPool({
    workerFile: new URL('./train-worker.node.js', import.meta.url),
    task,
    workers,
    device: parseDevice(device),
    parameters: parameters.map(({ name, shape }) => ({ name, shape })),
    programs,
    sets: { train: sizesOf(train), valid: sizesOf(valid), test: sizesOf(test) },
    optimizer,
  });
  try {
    const examples = train.moleculeOf.length;
    const trainer = new Trainer(training, { pool, optimizer, examples, signal }, events, checkpoint);
    return { trainer, close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
