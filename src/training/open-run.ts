import type { Weights } from '../nn/index.js';
import type { Checkpoint } from './checkpoint.js';
import type { TrainingConfig } from './config.js';
import { FlatLayout } from './flat-parameters.js';
import type { EngineOpener } from './gradient-engine.js';
import { firstState, freshState, Optimizer } from './optimizer-run.js';
import type { TrainableNetwork } from './trainee.js';
import { requireBatch, Trainer, type TrainerEvents } from './trainer.js';

/** What a run trains, on what, and how. */
export interface RunParts<Config, Data> {
  readonly network: TrainableNetwork<Config, Data>;
  readonly data: Data;
  readonly training: TrainingConfig;
}

/** How a run is opened. */
export interface OpenRunOptions {
  readonly events?: TrainerEvents;
  readonly signal?: AbortSignal;
  /** Where to continue from. */
  readonly checkpoint?: Checkpoint;
  /** Weights to start from instead of fresh ones. */
  readonly weights?: Weights;
}

/** A training run, ready to start. */
export interface OpenRun {
  readonly trainer: Trainer;
  /** Frees memory and threads. */
  close(): Promise<void>;
}

/**
 * Sets up a network's optimiser, and what takes its steps.
 * @param engines where steps are taken: `onThisThread(runtime)`, or in Node `onThreads()`
 * @throws UserError for a batch larger than the training set
 */
export async function openRun<Config, Data>(
  { network, data, training }: RunParts<Config, Data>,
  engines: EngineOpener,
  { events, signal, checkpoint, weights }: OpenRunOptions = {},
): Promise<OpenRun> {
  const { parameters } = network;
  const given = weights && freshState(new FlatLayout(parameters).flatten(weights));
  const state = checkpoint?.state ?? given ?? firstState(network, training.seed);
  const optimizer = new Optimizer(training.optimizer, state, { shared: engines.shared });
  const { programs, ...examples } = network.objective(data);
  const { microBatchEdges } = training;
  const { train, test } = examples.sets;
  requireBatch(training, train.edges.length); // before threads are started
  const engine = await engines.open({ parameters, programs, examples, optimizer, microBatchEdges });
  try {
    const parts = { engine, optimizer, examples: train.edges.length, hasTest: test !== undefined, signal };
    const trainer = new Trainer(training, parts, events, checkpoint);
    return { trainer, close: () => engine.close() };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
