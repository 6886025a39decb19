import type { Runtime } from '../../runtime/index.js';
import type { Checkpoint } from '../../training/checkpoint.js';
import type { FlatLayout } from '../../training/flat-parameters.js';
import { LocalGradients } from '../../training/local-gradients.js';
import { firstState, Optimizer } from '../../training/optimizer-run.js';
import { Trainer, type TrainerEvents } from '../../training/trainer.js';
import type { FramePairs } from '../data/frames.js';
import type { DynamicsModel } from '../networks/model.js';
import { createModel } from '../networks/registry.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { NewtonConfig } from './config.js';
import { exampleSizes, newtonSource } from './examples.js';
import { fieldsOf } from './experiment-data.js';
import { modelConfigOf } from './model-choice.js';
import { compileObjective } from './objective.js';

/** A many-body training run on the calling thread, ready to start. */
export interface LocalExperiment {
  readonly model: DynamicsModel;
  readonly layout: FlatLayout;
  readonly trainer: Trainer;
  /** Frees the programs' memory. */
  close(): Promise<void>;
}

/**
 * Sets up a network and its optimiser on one runtime, without worker threads: what a page does in its own worker.
 * @throws UserError for options that the network does not have, and a batch larger than the training set
 */
export async function openLocalExperiment(
  runtime: Runtime,
  config: NewtonConfig,
  examples: PerSplit<FramePairs>,
  events: TrainerEvents,
  { signal, checkpoint }: { readonly signal?: AbortSignal; readonly checkpoint?: Checkpoint } = {},
): Promise<LocalExperiment> {
  const model = createModel(modelConfigOf(config));
  const { training } = config;
  const { train, valid, test } = examples;
  const optimizer = new Optimizer(training.optimizer, checkpoint?.state ?? firstState(model, training.seed));
  const pool = await LocalGradients.open(runtime, {
    parameters: model.parameters,
    programs: compileObjective(model, config.model.fields),
    source: newtonSource({ sets: { train, valid, test }, fields: fieldsOf(config) }),
    sets: { train: exampleSizes(train), valid: exampleSizes(valid), test: exampleSizes(test) },
    optimizer,
  });
  try {
    const trainer = new Trainer(training, { pool, optimizer, examples: train.count, signal }, events, checkpoint);
    return { model, layout: pool.layout, trainer, close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
