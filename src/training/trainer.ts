import { UserError } from '../common/errors.js';
import { Rng } from '../random/generator.js';
import type { Checkpoint, Progress } from './checkpoint.js';
import type { TrainingConfig } from './config.js';
import { freshStanding, hasStoppedEarly, isBest, isDue, standingAfter } from './evaluations.js';
import type { GradientEngine } from './gradient-engine.js';
import type { Optimizer } from './optimizer-run.js';
import { afterEvaluation, freshSchedule, rateScale, warmUpScale } from './schedule.js';

/** How a network is trained, whatever it is trained for. */
export type TrainerOptions = Readonly<
  Pick<TrainingConfig, 'epochs' | 'batch' | 'rate' | 'warmUp' | 'schedule' | 'evaluateEvery' | 'patience' | 'seed'>
>;

/** What is reported after every epoch, and after every evaluation within one; a line of the metrics file. */
export interface EpochMetrics {
  /** Epochs so far: 2 after the second, 2.5 amid the third. */
  readonly epoch: number;
  readonly step: number;
  /** Of the last step. */
  readonly rate: number;
  /** Mean training loss over the epoch, as far as it has come. */
  readonly train: number;
  /** Validation loss, where there was an evaluation. */
  readonly valid?: number;
  /** Test loss, where there is a test set and the validation loss was the lowest so far. */
  readonly test?: number;
  /** Mean length of the gradient over the epoch, as far as it has come. */
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
  /** After every epoch, and every evaluation within one. @param isBest the validation error is the lowest so far */
  onEpoch?(metrics: EpochMetrics, isBest: boolean): Promise<void> | void;
  /** A good moment to save; `reason` says why now. */
  onCheckpoint?(checkpoint: Checkpoint, reason: 'best' | 'step' | 'end' | 'interrupted'): Promise<void> | void;
}

/** What a {@link Trainer} works with. */
export interface TrainerParts {
  /** What takes steps and computes losses. */
  readonly engine: Pick<GradientEngine, 'setWeights' | 'step' | 'loss'>;
  /** The optimiser that the engine's steps update. */
  readonly optimizer: Optimizer;
  /** Examples in the set `train`. The set `valid` is evaluated. */
  readonly examples: number;
  /** Whether there is a set `test`, which then is evaluated too. */
  readonly hasTest: boolean;
  readonly signal?: AbortSignal;
}

/** How training ended. */
export interface TrainerEnd {
  /** False if the signal stopped it. */
  readonly finished: boolean;
  /** It finished before its last epoch, for want of progress. */
  readonly stoppedEarly: boolean;
  readonly checkpoint: Checkpoint;
}

/** Where training starts. */
export const freshProgress: Progress = {
  epoch: 0,
  batch: 0,
  step: 0,
  lossSum: 0,
  normSum: 0,
  schedule: freshSchedule,
  ...freshStanding,
};

/** Runs of 0.1.0 took the validation set for a test set where there was none. */
function tested(progress: Progress, { hasTest }: TrainerParts): Progress {
  const { best } = progress;
  return hasTest || !best ? progress : { ...progress, best: { epoch: best.epoch, valid: best.valid } };
}

/** @throws UserError for a batch larger than the training set */
export function requireBatch({ batch }: Pick<TrainerOptions, 'batch'>, examples: number): void {
  if (batch <= examples) return;
  throw new UserError(`a batch of ${batch} does not fit into ${examples} training examples`, {
    remedy: { setting: 'training.batch', action: 'lower' },
  });
}

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
  /** The examples in the order of the current epoch. */
  #order: { readonly epoch: number; readonly examples: Int32Array } | undefined;

  constructor(options: TrainerOptions, parts: TrainerParts, events: TrainerEvents = {}, from?: Checkpoint) {
    this.#options = options;
    this.#parts = parts;
    this.#events = events;
    this.#progress = from ? tested(from.progress, parts) : freshProgress;
    this.#bestWeights = from?.bestWeights ?? parts.optimizer.state.weights.slice();
    requireBatch(options, parts.examples);
  }

  /** Batches in an epoch. */
  get batches(): number {
    return Math.floor(this.#parts.examples / this.#options.batch);
  }

  /** Everything that going on needs. */
  checkpoint(): Checkpoint {
    return { progress: this.#progress, state: this.#parts.optimizer.state, bestWeights: this.#bestWeights };
  }

  /** Trains to the end, until there is no more progress, or until the signal asks to stop. */
  async run(): Promise<TrainerEnd> {
    while (this.#progress.epoch < this.#options.epochs && !this.#stoppedEarly()) {
      if (this.#isEpochDone()) await this.#report();
      else if (this.#parts.signal?.aborted) return this.#end(false);
      else await this.#step();
    }
    return this.#end(true);
  }

  async #end(finished: boolean): Promise<TrainerEnd> {
    await this.#events.onCheckpoint?.(this.checkpoint(), finished ? 'end' : 'interrupted');
    return { finished, stoppedEarly: this.#stoppedEarly(), checkpoint: this.checkpoint() };
  }

  #stoppedEarly(): boolean {
    return hasStoppedEarly(this.#options, this.#progress);
  }

  #isEpochDone(): boolean {
    return this.#progress.batch === this.batches;
  }

  /** One step, and where it is time amid an epoch, an evaluation. */
  async #step(): Promise<void> {
    const step = this.#progress.step + 1;
    const { loss, norm, weightSum } = await this.#parts.engine.step('train', this.#nextExamples(), {
      rate: this.#rate(step),
      step,
    });
    this.#requireFinite(loss, 'loss');
    this.#requireFinite(norm, 'gradient');
    this.#requireFinite(weightSum, 'sum of the weights');
    const { epoch, batch, lossSum, normSum } = this.#progress;
    this.#progress = { ...this.#progress, step, batch: batch + 1, lossSum: lossSum + loss, normSum: normSum + norm };
    this.#events.onStep?.({ epoch: epoch + 1, batch: batch + 1, batches: this.batches, loss });
    if (this.#isEvaluationDue() && !this.#isEpochDone()) await this.#report();
    await this.#events.onCheckpoint?.(this.checkpoint(), 'step');
  }

  #nextExamples(): Int32Array {
    const { epoch, batch: done } = this.#progress;
    const { batch, seed } = this.#options;
    if (this.#order?.epoch !== epoch) {
      const examples = Int32Array.from({ length: this.#parts.examples }, (_, k) => k);
      this.#order = { epoch, examples: Rng.fromSeed(seed).fork(`epoch ${epoch}`).shuffle(examples) };
    }
    return this.#order.examples.subarray(done * batch, (done + 1) * batch);
  }

  #rate(step: number): number {
    const { rate, warmUp, schedule, epochs } = this.#options;
    const { epoch, schedule: state } = this.#progress;
    const place = { epoch, step, epochs, steps: epochs * this.batches };
    return rate * rateScale(schedule, state, place) * warmUpScale(warmUp, step);
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

  #isEvaluationDue(): boolean {
    const { evaluateEvery, epochs } = this.#options;
    const { epoch, batch } = this.#progress;
    const steps = epoch * this.batches + batch;
    return isDue(steps, evaluateEvery * this.batches) || steps === epochs * this.batches;
  }

  /** A line of the metrics, with an evaluation where it is time. Ends the epoch that has no batches left. */
  async #report(): Promise<void> {
    const { epoch, batch, step, lossSum, normSum } = this.#progress;
    const now = epoch + batch / this.batches;
    const line = { epoch: now, step, rate: this.#rate(step), train: lossSum / batch, gradientNorm: normSum / batch };
    const { isBest, ...errors } = this.#isEvaluationDue() ? await this.#evaluate(now) : { isBest: false };
    if (this.#isEpochDone()) this.#progress = { ...this.#progress, epoch: now, batch: 0, lossSum: 0, normSum: 0 };
    await this.#events.onEpoch?.({ ...line, ...errors }, isBest);
    if (isBest) await this.#events.onCheckpoint?.(this.checkpoint(), 'best');
  }

  /** The validation error, and where it is the best so far, the test error. */
  async #evaluate(epoch: number): Promise<{ valid: number; test?: number; isBest: boolean }> {
    const { engine, optimizer, hasTest } = this.#parts;
    const weights = optimizer.options.averageDecay > 0 ? optimizer.state.average : optimizer.state.weights;
    engine.setWeights(weights);
    const valid = await this.#loss('valid');
    const found = isBest(this.#progress, valid);
    const errors = { valid, ...(found && hasTest && { test: await this.#loss('test') }) };
    const schedule = afterEvaluation(this.#options.schedule, this.#progress.schedule, valid);
    this.#progress = { ...this.#progress, schedule, ...standingAfter(this.#progress, { epoch, ...errors }) };
    if (found) this.#bestWeights = weights.slice();
    return { ...errors, isBest: found };
  }

  async #loss(set: 'valid' | 'test'): Promise<number> {
    const loss = await this.#parts.engine.loss(set);
    this.#requireFinite(loss, set === 'valid' ? 'validation loss' : 'test loss');
    return loss;
  }
}
