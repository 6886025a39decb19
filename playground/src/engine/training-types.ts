import type { ModelConfig } from 'clofnet';
import type { Evaluation } from 'clofnet/newton';
import type { EpochMetrics } from 'clofnet/training';
import type { BodiesKind } from './bodies-types.js';

/** What a network learns on: the first trajectories that `clofnet newton simulate` makes of a seed. */
export interface TrainingData {
  readonly kind: BodiesKind;
  readonly bodies: number;
  /** Training trajectories. */
  readonly trajectories: number;
  /** Of the data, the initial weights and the order of the examples. */
  readonly seed: number;
}

/** All that a training run follows from. */
export interface TrainingSettings extends TrainingData {
  readonly hidden: number;
  readonly layers: number;
  /** The learning rate at the start. */
  readonly rate: number;
  readonly epochs: number;
}

/** What the network says of the system in view. */
export interface TestPrediction {
  readonly system: number;
  /** [body, 3] */
  readonly predicted: Float32Array;
}

/** A network that is ready to be trained, or to continue. */
export interface TrainingStart {
  readonly model: ModelConfig;
  /** The file that its initial weights are from. */
  readonly from?: string;
  readonly parameters: number;
  /** Mean squared errors of the straight line, on the validation set. */
  readonly straightLine: number;
}

/** How far training has come. */
export interface TrainingState {
  readonly finished: boolean;
  /** Finished epochs. */
  readonly epoch: number;
  readonly step: number;
  /** The epoch of the lowest validation error; 0 is before the first. */
  readonly bestEpoch: number;
  /** How the best weights do on the validation set. */
  readonly evaluation: Evaluation;
}

/** What a file of weights turned out to be. */
export interface LoadedFile {
  readonly start: TrainingStart;
  readonly state: TrainingState;
  /** What is to be known about these weights and this data. */
  readonly notes: readonly string[];
}

/** What is told while the engine works. */
export type TrainingNews =
  | { readonly kind: 'data'; readonly done: number; readonly total: number }
  | { readonly kind: 'start'; readonly start: TrainingStart }
  | {
      readonly kind: 'step';
      readonly epoch: number;
      readonly step: number;
      /** Part of the epoch that is done. */
      readonly part: number;
      readonly stepsPerSecond: number;
    }
  | { readonly kind: 'epoch'; readonly metrics: EpochMetrics }
  | { readonly kind: 'prediction'; readonly prediction: TestPrediction };

export type TellTraining = (news: TrainingNews) => void | Promise<void>;

/** A file for the user. */
export interface TrainedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
