import { z } from 'zod';
import { denoiserSchema } from '../../models/denoiser-file.js';
import { trainingSchema } from '../../training/config.js';

const positive = z.number().positive();

const data = z
  .strictObject({
    file: z.string().min(1).default('conformers.safetensors').describe('What clofnet conformers prepare has written.'),
    conformers: z.number().int().positive().default(20).describe('The most conformers of a molecule, the first ones.'),
  })
  .describe('What it learns from.');

const noise = z
  .strictObject({
    median: positive.default(0.5).describe('The median of the deviation σ, in ångström.'),
    spread: positive.default(1.3).describe('The deviation of ln σ.'),
    low: positive.default(0.005).describe('No σ is below.'),
    high: positive.default(20).describe('No σ is above.'),
  })
  .describe('The noise that it learns to take away.');

/** A field with another default. */
function withDefault<T extends z.ZodType>(field: z.ZodDefault<T>, value: z.output<T>) {
  return field
    .unwrap()
    .default(value as never)
    .describe(field.description ?? '');
}

const { epochs, batch, rate, schedule, optimizer, evaluateEvery } = trainingSchema.shape;
const { weightDecay, averageDecay, clipNorm } = optimizer.unwrap().shape;

/** Training with the defaults of denoisers. */
const training = trainingSchema
  .extend({
    epochs: withDefault(epochs, 100),
    batch: withDefault(batch, 64),
    rate: withDefault(rate, 0.002),
    schedule: withDefault(schedule, { kind: 'cosine', floor: 0.01 }),
    optimizer: optimizer
      .unwrap()
      .extend({
        weightDecay: withDefault(weightDecay, 0),
        averageDecay: withDefault(averageDecay, 0.999),
        clipNorm: clipNorm
          .unwrap()
          .default(1)
          .describe(clipNorm.description ?? ''),
      })
      .describe(optimizer.description ?? '')
      .prefault({}),
    evaluateEvery: withDefault(evaluateEvery, 1),
  })
  .describe('How it learns.');

/** The configuration of a training run of a denoiser. */
export const conformerConfigSchema = z.strictObject({
  model: denoiserSchema.prefault({}),
  data: data.prefault({}),
  noise: noise.prefault({}),
  training: training.prefault({}),
});

export type ConformerConfig = z.output<typeof conformerConfigSchema>;
