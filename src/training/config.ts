import { z } from 'zod';
import { MICRO_BATCH_EDGES } from './micro-batches.js';

const positive = z.number().positive();
const count = z.number().int().positive();

const schedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant') }),
    z.strictObject({
      kind: z.literal('step'),
      every: count.describe('Epochs between two drops of the rate.'),
      factor: positive.describe('What each drop multiplies the rate by.'),
    }),
    z.strictObject({
      kind: z.literal('cosine'),
      floor: z.number().min(0).max(1).default(0).describe('The last rate as a part of the first.'),
      by: z.enum(['step', 'epoch']).default('step').describe('Whether the rate falls at every step or every epoch.'),
    }),
    z.strictObject({
      kind: z.literal('plateau'),
      factor: positive.max(1).default(0.5).describe('What each drop multiplies the rate by.'),
      patience: z.number().int().min(0).default(4).describe('Evaluations without progress before a drop.'),
    }),
  ])
  .describe('How the learning rate changes: constant, step, cosine or plateau.');

const optimizer = z
  .strictObject({
    kind: z
      .enum(['adamw', 'adam'])
      .default('adamw')
      .describe('adamw decays weights by themselves, adam through the gradient.'),
    weightDecay: z.number().min(0).default(1e-12).describe('How strongly weights are pulled towards zero.'),
    beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the moving mean of the gradient.'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the moving mean of its square.'),
    epsilon: positive.default(1e-8).describe('Added to the root of that square, which may be zero.'),
    clipNorm: positive.optional().describe('Longer gradients are scaled down to this length.'),
    averageDecay: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe(
        'Decay of the moving average of the weights; 0: none. With one, the average is what is evaluated and saved.',
      ),
    averageWarmUp: z
      .boolean()
      .default(true)
      .describe('Whether the average starts with a short memory, so that it soon forgets the first weights.'),
  })
  .describe('How weights are updated.');

/** The part of a configuration that says how to train, whatever is trained. */
export const trainingSchema = z.strictObject({
  epochs: count.default(400).describe('Passes over the training set.'),
  batch: count.default(128).describe('Examples in a step. What is left at the end of an epoch is dropped.'),
  microBatchEdges: count
    .default(MICRO_BATCH_EDGES)
    .describe(
      'The most edges that a thread computes at once: batches are cut into such pieces, their gradients added.',
    ),
  rate: positive.default(0.01).describe('The learning rate at the start.'),
  warmUp: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Steps in which the rate rises to that of the schedule; 0: none.'),
  schedule: schedule.default({ kind: 'step', every: 50, factor: 0.9 }),
  optimizer: optimizer.prefault({}),
  evaluateEvery: positive
    .default(5)
    .describe('Epochs between evaluations on the validation set; 0.25 is four evaluations an epoch.'),
  patience: count
    .optional()
    .describe('Training stops after so many evaluations in a row without a lower validation error; without it, never.'),
  seed: z.number().int().min(0).default(1).describe('Seed of the initial weights and of the order of the examples.'),
  checkpointMinutes: positive.default(5).describe('Minutes between checkpoints.'),
});

/** How to train, whatever is trained. */
export type TrainingConfig = z.output<typeof trainingSchema>;

/**
 * A stored configuration in full. One from before there was a key lacks it, and gets what was done then, which need not be
 * the default of today.
 */
export const inFull = (stored: TrainingConfig): TrainingConfig => ({
  ...withMissing(stored, { microBatchEdges: MICRO_BATCH_EDGES, warmUp: 0 }),
  schedule: stored.schedule.kind === 'cosine' ? withMissing(stored.schedule, { by: 'epoch' }) : stored.schedule,
  optimizer: withMissing(stored.optimizer, { averageWarmUp: false }),
});

/** With keys that are not there, behind those that are. */
const withMissing = <T extends object>(stored: T, missing: Partial<T>): T => ({ ...stored, ...missing, ...stored });

/** A field with another default. */
export function withDefault<T extends z.ZodType>(field: z.ZodDefault<T>, value: z.output<T>) {
  return field
    .unwrap()
    .default(value as never)
    .describe(field.description ?? '');
}
