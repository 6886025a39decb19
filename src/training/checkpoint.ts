import { z } from 'zod';
import { UserError } from '../common/errors.js';
import { firstIssue } from '../common/first-issue.js';
import type { SafetensorsFile, StoredTensor } from '../files/safetensors.js';
import type { Standing } from './evaluations.js';
import type { FlatLayout } from './flat-parameters.js';
import { type OptimizerState, optimizerState } from './optimizer.js';
import type { ScheduleState } from './schedule.js';

/** How far training has come. */
export interface Progress extends Standing {
  /** Finished epochs. */
  readonly epoch: number;
  /** Finished batches of the current epoch. */
  readonly batch: number;
  /** Optimiser steps in all. */
  readonly step: number;
  /** Sums over the current epoch, for its means. */
  readonly lossSum: number;
  readonly normSum: number;
  readonly schedule: ScheduleState;
}

const count = z.number().int().min(0);

const progressSchema: z.ZodType<Progress> = z.object({
  epoch: count,
  batch: count,
  step: count,
  lossSum: z.number(),
  normSum: z.number(),
  schedule: z.object({ scale: z.number(), best: z.number().nullable(), waited: count }),
  best: z.object({ epoch: z.number().min(0), valid: z.number(), test: z.number().optional() }).nullable(),
  // Checkpoints of versions without early stopping lack it.
  waited: count.default(0),
});

/** Everything that training needs to continue as if it had never stopped. */
export interface Checkpoint {
  readonly progress: Progress;
  readonly state: Readonly<OptimizerState>;
  /** The weights at the best evaluation. */
  readonly bestWeights: Float32Array;
}

/** Raised whenever a checkpoint's form changes: older ones are refused. */
const CHECKPOINT_VERSION = 1;

const vectors = [...optimizerState, 'best'] as const;

/**
 * A checkpoint as safetensors: `weights.NAME`, `mean.NAME`, …; progress and run description as JSON in the metadata.
 */
export function encodeCheckpoint(
  { progress, state, bestWeights }: Checkpoint,
  layout: FlatLayout,
  description: unknown,
): SafetensorsFile {
  const flat = { ...state, best: bestWeights };
  const tensors = new Map<string, StoredTensor>();
  for (const vector of vectors) {
    const views = layout.views(flat[vector]);
    for (const { name, shape } of layout.entries)
      tensors.set(`${vector}.${name}`, { dtype: 'F32', shape, data: views[name] });
  }
  const metadata = {
    format: 'clofnet checkpoint',
    version: String(CHECKPOINT_VERSION),
    progress: JSON.stringify(progress),
    description: JSON.stringify(description),
  };
  return { tensors, metadata };
}

/** The description that a checkpoint was saved with. @throws UserError if the file is no checkpoint of this version */
export function checkpointDescription({ metadata }: SafetensorsFile, source: string): unknown {
  if (metadata.format !== 'clofnet checkpoint')
    throw new UserError(`${source} is not a clofnet checkpoint`, { file: source });
  if (metadata.version !== String(CHECKPOINT_VERSION)) {
    throw new UserError(
      `${source} is a checkpoint of version ${metadata.version}, this clofnet reads version ${CHECKPOINT_VERSION}; train again or use the version of clofnet that wrote it`,
      { file: source },
    );
  }
  return parseJson(metadata.description, source);
}

/**
 * What {@link encodeCheckpoint} made. @throws UserError if the file is no checkpoint of this version or of another
 * network
 */
export function decodeCheckpoint(file: SafetensorsFile, layout: FlatLayout, source: string): Checkpoint {
  checkpointDescription(file, source);
  const read = (vector: (typeof vectors)[number]): Float32Array => {
    const weights = new Map<string, Float32Array>();
    for (const { name, shape } of layout.entries) {
      const stored = file.tensors.get(`${vector}.${name}`);
      if (!stored || stored.shape.join() !== shape.join() || !(stored.data instanceof Float32Array)) {
        throw new UserError(
          `${source}: ${vector}.${name} is not there with shape [${shape.join(', ')}]: the checkpoint is of another network`,
          { file: source },
        );
      }
      weights.set(name, stored.data);
    }
    return layout.flatten(weights);
  };
  const state = { weights: read('weights'), mean: read('mean'), variance: read('variance'), average: read('average') };
  return { progress: parseProgress(file.metadata.progress, source), state, bestWeights: read('best') };
}

/** How far training had come when a checkpoint was saved. @throws UserError if the file is no checkpoint */
export const checkpointProgress = ({ metadata }: SafetensorsFile, source: string): Progress =>
  parseProgress(metadata.progress, source);

function parseProgress(text: string | undefined, source: string): Progress {
  const { data, error } = progressSchema.safeParse(parseJson(text, source));
  if (data) return data;
  throw new UserError(`${source}: the checkpoint's metadata is damaged: ${firstIssue(error, 'progress')}`, {
    file: source,
  });
}

function parseJson(text: string | undefined, source: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (cause) {
    throw new UserError(`${source}: the checkpoint's metadata is damaged`, { file: source, cause });
  }
}
