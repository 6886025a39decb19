import { availableParallelism } from 'node:os';
import { parseDevice } from '../../runtime/devices.js';
import type { Checkpoint } from '../../training/checkpoint.js';
import { FlatLayout } from '../../training/flat-parameters.js';
import { GradientPool } from '../../training/gradient-pool.node.js';
import { firstState, Optimizer } from '../../training/optimizer-run.js';
import { Trainer, type TrainerEvents } from '../../training/trainer.js';
import type { FramePairs } from '../data/frames.js';
import type { DynamicsModel } from '../networks/model.js';
import { createModel } from '../networks/registry.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { NewtonConfig } from './config.js';
import { exampleSizes, type NewtonTask, shareExamples } from './examples.js';
import { fieldsOf } from './experiment-data.js';
import { modelConfigOf } from './model-choice.js';
import { compileObjective } from './objective.js';

export interface ExperimentOptions {
  readonly workers?: number;
  readonly device?: string;
  readonly signal?: AbortSignal;
  /** Where to go on from. */
  readonly checkpoint?: Checkpoint;
}

/** A many-body training run, ready to start. */
export interface Experiment {
  readonly model: DynamicsModel;
  readonly layout: FlatLayout;
  readonly trainer: Trainer;
  close(): Promise<void>;
}

/** Sets up the network, its optimiser and the worker threads. */
export async function openExperiment(
  config: NewtonConfig,
  examples: PerSplit<FramePairs>,
  events: TrainerEvents,
  options: ExperimentOptions = {},
): Promise<Experiment> {
  const { workers = availableParallelism(), device = 'cpu', signal, checkpoint } = options;
  const model = createModel(modelConfigOf(config));
  const layout = new FlatLayout(model.parameters);
  const { training } = config;
  const first = checkpoint?.state ?? firstState(model, training.seed);
  const optimizer = new Optimizer(training.optimizer, first, { shared: true });
  const { train, valid, test } = examples;
  const task: NewtonTask = {
    sets: { train: shareExamples(train), valid: shareExamples(valid), test: shareExamples(test) },
    fields: fieldsOf(config),
  };
  const pool = new GradientPool({
    workerFile: new URL('./train-worker.node.js', import.meta.url),
    task,
    workers,
    device: parseDevice(device),
    parameters: model.parameters.map(({ name, shape }) => ({ name, shape })),
    programs: compileObjective(model, config.model.fields),
    sets: { train: exampleSizes(train), valid: exampleSizes(valid), test: exampleSizes(test) },
    optimizer,
  });
  try {
    const trainer = new Trainer(training, { pool, optimizer, examples: train.count, signal }, events, checkpoint);
    return { model, layout, trainer, close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
