import { availableParallelism } from 'node:os';
import { UserError } from '../common/errors.js';
import type { DynamicsModel } from '../models/model.js';
import { createModel } from '../models/registry.js';
import type { FieldName } from '../models/system.js';
import { initialize } from '../nn/index.js';
import { Rng } from '../random/generator.js';
import { parseDevice } from '../runtime/devices.js';
import { openRuntime } from '../runtime/node.js';
import type { Checkpoint } from '../training/checkpoint.js';
import { FlatLayout } from '../training/flat-parameters.js';
import { GradientPool } from '../training/gradient-pool.js';
import { freshState, Optimizer } from '../training/optimizer-run.js';
import { Trainer, type TrainerEvents } from '../training/trainer.js';
import type { NewtonConfig } from './config.js';
import { exampleSizes, type NewtonTask, shareExamples } from './examples.js';
import type { Fields } from './field-vectors.js';
import { type FramePairs, frames } from './frames.js';
import { modelConfigOf } from './model-choice.js';
import { compileObjective } from './objective.js';
import type { PerSplit } from './protocol.js';
import type { TrajectorySet } from './trajectory-set.js';

/** The vectors of the fields that the network gets as inputs. */
export function fieldsOf({ model, data }: Pick<NewtonConfig, 'model' | 'data'>): Fields {
  return Object.fromEntries(model.fields.map((name: FieldName) => [name, data[name]]));
}

/** Inputs and targets of all three splits. */
export function examplesOf({ data }: Pick<NewtonConfig, 'data'>, sets: PerSplit<TrajectorySet>): PerSplit<FramePairs> {
  const { input, target, train } = data;
  if (input === target) throw new UserError(`input and target are both frame ${input}: there is nothing to predict`);
  if (train > sets.train.trajectories) {
    const { trajectories } = sets.train;
    throw new UserError(
      `data.train asks for ${train} training trajectories, the set has ${trajectories}; give --train ${trajectories}`,
    );
  }
  return {
    train: frames(sets.train, { input, target, count: train }),
    valid: frames(sets.valid, { input, target }),
    test: frames(sets.test, { input, target }),
  };
}

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
  const first =
    checkpoint?.state ??
    freshState(layout.flatten(initialize(model.parameters, Rng.fromSeed(training.seed).fork('weights'))));
  const optimizer = await Optimizer.open(await openRuntime(), training.optimizer, first);
  const { train, valid, test } = examples;
  const task: NewtonTask = {
    sets: { train: shareExamples(train), valid: shareExamples(valid), test: shareExamples(test) },
    fields: fieldsOf(config),
  };
  const pool = new GradientPool({
    workerFile: new URL('./train-worker.js', import.meta.url),
    task,
    workers,
    device: parseDevice(device),
    parameters: model.parameters.map(({ name, shape }) => ({ name, shape })),
    programs: compileObjective(model, config.model.fields),
    sets: { train: exampleSizes(train), valid: exampleSizes(valid), test: exampleSizes(test) },
  });
  const close = async (): Promise<void> => {
    await Promise.all([pool.close(), optimizer.close()]);
  };
  try {
    const trainer = new Trainer(training, { pool, optimizer, examples: train.count, signal }, events, checkpoint);
    return { model, layout, trainer, close };
  } catch (error) {
    await close();
    throw error;
  }
}
