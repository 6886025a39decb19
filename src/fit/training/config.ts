import { z } from 'zod';
import { encoderNames, encoderOptions } from '../../networks/encoders.js';
import { trainingSchema, withDefault } from '../../training/config.js';
import { splitSchema } from '../data/split.js';
import { inputsSchema, targetsSchema } from '../quantity-config.js';

const name = z.string().min(1);

const model = z
  .strictObject({
    encoder: z.enum(encoderNames).default('lofnet').describe('What tells the network what there is around every atom.'),
    ...encoderOptions,
  })
  .describe('The network.');

const indices = z
  .strictObject({
    train: name.describe('What is learned from.'),
    valid: name.describe('What says which weights are the best.'),
    test: name.optional().describe('What is measured on.'),
  })
  .describe('Files of indices, counted from 0 over all files, in the place of a split.');

const data = z
  .strictObject({
    files: z
      .array(name)
      .default([])
      .describe(
        'Files of geometries, or folders of them: extended XYZ, .npz as rMD17 and MD17 have it, JSON lines; .gz too.',
      ),
    targets: targetsSchema.default({}),
    inputs: inputsSchema.default({}),
    length: name.default('Å').describe('The unit of positions, in words.'),
    split: splitSchema.prefault({}),
    indices: indices.optional(),
    shifts: z
      .record(name, z.record(name, z.number()))
      .default({})
      .describe('Shifts of scalars by species, by target, where they are not to be found: {"energy": {"H": -13.6}}.'),
    weights: z
      .record(name, z.number().min(0))
      .default({})
      .describe(
        'What the squared error of each target counts, in units of its spread; default 1, of an energy with forces 0.05.',
      ),
  })
  .describe('What it learns from.');

const { epochs, batch, rate, schedule, optimizer, evaluateEvery, warmUp, microBatchEdges } = trainingSchema.shape;
const { weightDecay, averageDecay, clipNorm } = optimizer.unwrap().shape;

const training = trainingSchema
  .extend({
    epochs: withDefault(epochs, 200),
    batch: withDefault(batch, 8),
    microBatchEdges: withDefault(microBatchEdges, 2000),
    rate: withDefault(rate, 0.005),
    warmUp: withDefault(warmUp, 100),
    schedule: withDefault(schedule, { kind: 'cosine', floor: 0.001, by: 'step' }),
    evaluateEvery: withDefault(evaluateEvery, 5),
    optimizer: optimizer
      .unwrap()
      .extend({
        weightDecay: withDefault(weightDecay, 0.01),
        averageDecay: withDefault(averageDecay, 0.999),
        clipNorm: clipNorm
          .unwrap()
          .default(10)
          .describe(clipNorm.description ?? ''),
      })
      .describe(optimizer.description ?? '')
      .prefault({}),
  })
  .describe('How it learns.');

/** The configuration of a run that fits a user's quantities. */
export const fitConfigSchema = z.strictObject({
  model: model.prefault({}),
  data: data.prefault({}),
  training: training.prefault({}),
});

/** The configuration of a run, with its defaults. */
export type FitConfig = z.output<typeof fitConfigSchema>;
