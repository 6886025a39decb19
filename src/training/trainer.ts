import { UserError } from '../common/errors.js';
import { Rng } from '../random/generator.js';
import type { Checkpoint, Progress } from './checkpoint.js';
import type { TrainingConfig } from './config.js';
import type { GradientEngine } from './gradient-engine.js';
import type { Optimizer } from './optimizer-run.js';
import { afterEvaluation, freshSchedule, rateScale } from './schedule.js';

/** How a network is trained, whatever it is trained for. */
export type TrainerOptions = Readonly<
  Pick<TrainingConfig, 'epochs' | 'batch' | 'rate' | 'schedule' | 'evaluateEvery' | 'seed'>
>;

/** What is reported after every epoch; a line of the metrics file. */
export interface EpochMetrics {
  /** Counted from 1. */
  readonly epoch: number;
  readonly step: number;
  readonly rate: number;
  /** Mean training loss over the epoch. */
  readonly train: number;
  /** Validation loss, where this epoch was evaluated. */
  readonly valid?: number;
  /** Test loss, where the validation loss was the lowest so far. */
  readonly test?: number;
  /** Mean length of the gradient. */
  readonly gradientNorm: number;
  /** Seconds of training so far, interruptions left out; the one number that a repeated run does not repeat. */
  readonly seconds?: number;
}

/** What the trainer reports while it works. For `onEpoch` and `onCheckpoint`, which may be async, it waits. */
export interface TrainerEvents {
  /** After every step. */
  onStep?(progress: {
    readonly epoch: number;
    readonly batch: number;
    readonly batches: number;
    readonly loss: number;
  }): void;
  /** After every epoch. */
  onEpoch?(metrics: EpochMetrics): Promise<void> | void;
  /** A good moment to save; `reason` says why now. */
  onCheckpoint?(checkpoint: Checkpoint, reason: 'best' | 'step' | 'end' | 'interrupted'): Promise<void> | void;
}

/** What a {@link Trainer} works with. */
export interface TrainerParts {
  /** What takes steps and computes losses. */
  readonly engine: Pick<GradientEngine, 'setWeights' | 'step' | 'loss'>;
  /** The optimiser that the engine's steps update. */
  readonly optimizer: Optimizer;
  /** Examples in the set `train`; the sets `valid` and `test` are evaluated. */
  readonly examples: number;
  readonly signal?: AbortSignal;
}

/** Where training starts. */
export const freshProgress: Progress = {
  epoch: 0,
  batch: 0,
  step: 0,
  lossSum: 0,
  normSum: 0,
  schedule: freshSchedule,
  best: null,
};

/**
 * The training loop. Everything random comes from the seed and the epoch's number, so that training which is resumed
 * from a checkpoint takes the very steps that it would have taken without the interruption.
 */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #parts: TrainerParts;
  readonly #events: TrainerEvents;
  #progress: Progress;
  #bestWeights: Float32Array;

  constructor(options: TrainerOptions, parts: TrainerParts, events: TrainerEvents = {}, from?: Checkpoint) {
    this.#options = options;
    this.#parts = parts;
    this.#events = events;
    this.#progress = from?.progress ?? freshProgress;
    this.#bestWeights = from?.bestWeights ?? parts.optimizer.state.weights.slice();
    if (this.batches < 1)
      throw new UserError(`a batch of ${options.batch} does not fit into ${parts.examples} training examples`, {
        remedy: { setting: 'training.batch', action: 'lower' },
      });
  }

  /** Batches in an epoch. */
  get batches(): number {
    return Math.floor(this.#parts.examples / this.#options.batch);
  }

  /** Everything that going on needs. */
  checkpoint(): Checkpoint {
    return { progress: this.#progress, state: this.#parts.optimizer.state, bestWeights: this.#bestWeights };
  }

  /** Trains to the end, or until the signal asks to stop. */
  async run(): Promise<{ readonly finished: boolean; readonly checkpoint: Checkpoint }> {
    while (this.#progress.epoch < this.#options.epochs) {
      if (!(await this.#epoch())) {
        await this.#events.onCheckpoint?.(this.checkpoint(), 'interrupted');
        return { finished: false, checkpoint: this.checkpoint() };
      }
      await this.#endEpoch();
    }
    await this.#events.onCheckpoint?.(this.checkpoint(), 'end');
    return { finished: true, checkpoint: this.checkpoint() };
  }

  /** What is left of the current epoch; false if interrupted. */
  async #epoch(): Promise<boolean> {
    const { batch, seed } = this.#options;
    const { epoch } = this.#progress;
    const order = Rng.fromSeed(seed)
      .fork(`epoch ${epoch}`)
      .shuffle(Int32Array.from({ length: this.#parts.examples }, (_, k) => k));
    const rate = this.#rate();
    while (this.#progress.batch < this.batches) {
      if (this.#parts.signal?.aborted) return false;
      const start = this.#progress.batch * batch;
      await this.#step(order.subarray(start, start + batch), rate);
      await this.#events.onCheckpoint?.(this.checkpoint(), 'step');
    }
    return true;
  }

  #rate(): number {
    const { rate, schedule, epochs } = this.#options;
    return rate * rateScale(schedule, this.#progress.schedule, this.#progress.epoch, epochs);
  }

  async #step(examples: Int32Array, rate: number): Promise<void> {
    const step = this.#progress.step + 1;
    const { loss, norm, weightSum } = await this.#parts.engine.step('train', examples, { rate, step });
    this.#requireFinite(loss, 'loss');
    this.#requireFinite(norm, 'gradient');
    this.#requireFinite(weightSum, 'sum of the weights');
    const { epoch, batch, lossSum, normSum } = this.#progress;
    this.#progress = { ...this.#progress, step, batch: batch + 1, lossSum: lossSum + loss, normSum: normSum + norm };
    this.#events.onStep?.({ epoch: epoch + 1, batch: batch + 1, batches: this.batches, loss });
  }

  #requireFinite(value: number, what: string): void {
    if (Number.isFinite(value)) return;
    const { epoch, batch, step } = this.#progress;
    throw new UserError(
      `training stopped: the ${what} is ${value} at epoch ${epoch + 1}, batch ${batch + 1}, step ${step + 1}; ` +
        'the last checkpoint is intact',
      {
        code: 'diverged',
        remedy: [
          { setting: 'training.rate', action: 'lower', purpose: 'and start over' },
          { setting: 'training.optimizer.clipNorm', purpose: 'and start over' },
        ],
      },
    );
  }

  async #endEpoch(): Promise<void> {
    const { epoch, step, lossSum, normSum } = this.#progress;
    const { evaluateEvery, epochs } = this.#options;
    const done = epoch + 1;
    const base = {
      epoch: done,
      step,
      rate: this.#rate(),
      train: lossSum / this.batches,
      gradientNorm: normSum / this.batches,
    };
    const isDue = done % evaluateEvery === 0 || done === epochs;
    const errors = isDue ? await this.#evaluate(done) : {};
    this.#progress = { ...this.#progress, epoch: done, batch: 0, lossSum: 0, normSum: 0 };
    await this.#events.onEpoch?.({ ...base, ...errors });
    if (errors.test !== undefined) await this.#events.onCheckpoint?.(this.checkpoint(), 'best');
  }

  /** The validation error, and the test error where validation is the best so far. */
  async #evaluate(epoch: number): Promise<{ valid?: number; test?: number }> {
    const { engine, optimizer } = this.#parts;
    const weights = optimizer.options.averageDecay > 0 ? optimizer.state.average : optimizer.state.weights;
    engine.setWeights(weights);
    const valid = await engine.loss('valid');
    this.#requireFinite(valid, 'validation loss');
    const { best, schedule } = this.#progress;
    this.#progress = { ...this.#progress, schedule: afterEvaluation(this.#options.schedule, schedule, valid) };
    if (best && best.valid <= valid) return { valid };
    const test = await engine.loss('test');
    this.#requireFinite(test, 'test loss');
    this.#progress = { ...this.#progress, best: { epoch, valid, test } };
    this.#bestWeights = weights.slice();
    return { valid, test };
  }
}
