import type { Parameter } from '../nn/index.js';
import type { FlatLayout } from './flat-parameters.js';
import type { Examples } from './gradient-protocol.js';
import type { StepOptions, StepResult } from './optimizer.js';
import type { Optimizer } from './optimizer-run.js';
import type { TrainingPrograms } from './training-programs.js';

/** Computes losses and gradients of batches and takes steps, wherever: one call at a time. */
export interface GradientEngine {
  readonly layout: FlatLayout;
  /** Sets the weights that the next gradients and losses are taken at. */
  setWeights(weights: Float32Array): void;
  /**
   * The mean loss of a batch and its gradient, over some examples of a set.
   * @param examples their numbers in the set
   * @param into where the gradient goes, as long as `layout.size`
   */
  gradient(set: string, examples: Int32Array, seed: number, into: Float32Array): Promise<number>;
  /** Takes one step of the optimiser in {@link EngineWork}, on the gradient of a batch at the optimiser's weights. */
  step(set: string, examples: Int32Array, options: StepOptions): Promise<StepResult & { readonly loss: number }>;
  /** The mean loss over a whole set. */
  loss(set: string, seed?: number): Promise<number>;
  /** Frees memory and threads. */
  close(): Promise<void>;
}

/** What an engine works on. */
export interface EngineWork {
  readonly parameters: readonly Pick<Parameter, 'name' | 'shape'>[];
  readonly programs: TrainingPrograms;
  readonly examples: Examples;
  /** The most edges in one run of a program. */
  readonly microBatchEdges?: number;
  /** What `step` updates. */
  readonly optimizer?: Optimizer;
}

/** A way to take steps: on the calling thread, on worker threads. */
export interface EngineOpener {
  /** Whether the optimiser's vectors have to lie in memory that threads share. */
  readonly shared: boolean;
  /** Opens what takes the steps. */
  open(work: EngineWork): Promise<GradientEngine>;
}
