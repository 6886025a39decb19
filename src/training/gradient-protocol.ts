import type { Failure } from '../common/failure.js';
import type { Feeds, Sizes } from '../runtime/index.js';
import type { Program } from '../tensor/index.js';
import type { StepOptions } from './optimizer.js';
import type { UpdateMemory } from './shared-update.js';

/** What every gradient worker is started with. */
export interface WorkerSetup {
  /** From `weights`, examples and `scale` [1] to `loss` = scale · Σ of the examples' losses. */
  readonly lossProgram: Program;
  /** The same with the loss's `gradient`. */
  readonly gradientProgram: Program;
  readonly device: string;
  /** The weights that all workers read. In shared memory, as all arrays here. */
  readonly weights: Float32Array;
  /** Where this worker leaves its part of the gradient. */
  readonly gradient: Float32Array;
  /** This worker's number, counted from 0. */
  readonly index: number;
  /** For optimiser steps, where the pool takes them. */
  readonly update?: UpdateMemory;
  /** What makes the examples, and from what. */
  readonly examples: Pick<Examples, 'module' | 'task'>;
}

/** One worker's share of a batch. */
export interface Share {
  readonly kind: 'gradient' | 'loss';
  readonly set: string;
  /** The micro-batches: example numbers of the set. */
  readonly pieces: readonly Int32Array[];
  readonly scale: number;
  /** Where examples are drawn at random (noise, say): the same seed gives the same examples. */
  readonly seed: number;
  /** The optimiser step that is to follow; the gradient is then taken at the optimiser's weights. */
  readonly update?: StepOptions;
}

/** What the pool sends a worker: to compute, or to end its thread. */
export type Order = Share | 'stop';

/** What a worker answers: its part of the loss, or what went wrong and whether that is a mistake of the user's. */
export type Answer = { readonly loss: number } | Failure;

/** Turns example numbers into a program's inputs, those of the gradient's or of the loss's; lives in each worker. */
export interface ExampleSource {
  /** The inputs of a program for these examples. */
  collate(
    set: string,
    examples: Int32Array,
    seed: number,
    kind?: Share['kind'],
  ): { readonly feeds: Feeds; readonly sizes: Sizes };
}

/** What a network learns from, cut up into examples: for the calling thread and for others. */
export interface Examples<Task = unknown> {
  /** How big the examples of each set are, by the set's name. */
  readonly sets: Readonly<Record<string, ExampleSizes>>;
  /** What the examples are made from: plain data, which other threads get too. */
  readonly task: Task;
  /** Makes the examples. */
  openExamples(task: Task): ExampleSource;
  /** The module that exports this very function under this name, by its `import.meta.url`: worker threads load it. */
  readonly module: string;
}

/** How big the examples of a set are: for cutting batches, and for the mean of the loss. */
export interface ExampleSizes {
  /** Edges of each example. */
  readonly edges: Int32Array;
  /** How many terms each example adds to the mean that the loss is. */
  readonly terms: Float64Array;
}
