import { z } from 'zod';
import { trainingSchema, withDefault } from '../../training/config.js';
import { Denoiser } from '../networks/denoiser.js';
import { denoiserSchema } from '../networks/denoiser-file.js';
import { dataSchema } from './config-parts.js';
import { compileDenoising, denoisingExamples } from './denoising.js';
import type { ConformerTrainee } from './network-record.js';

const positive = z.number().positive();

const noise = z
  .strictObject({
    median: positive.default(0.5).describe('The median of the deviation σ, in ångström.'),
    spread: positive.default(1.3).describe('The deviation of ln σ.'),
    low: positive.default(0.005).describe('No σ is below.'),
    high: positive.default(20).describe('No σ is above.'),
  })
  .describe('The noise that it learns to take away.');

const { epochs, batch, rate, schedule, optimizer, evaluateEvery } = trainingSchema.shape;
const { weightDecay, averageDecay, clipNorm } = optimizer.unwrap().shape;

/** Training with the defaults of denoisers. */
const training = trainingSchema
  .extend({
    epochs: withDefault(epochs, 100),
    batch: withDefault(batch, 64),
    rate: withDefault(rate, 0.002),
    schedule: withDefault(schedule, { kind: 'cosine', floor: 0.01, by: 'step' }),
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
  network: z.literal('denoiser').optional().describe('Which network is trained: without this key, the denoiser.'),
  model: denoiserSchema.prefault({}),
  data: dataSchema(20).prefault({}),
  noise: noise.prefault({}),
  training: training.prefault({}),
});

/** The configuration of a training run of the denoiser. */
export type DenoisingConfig = z.output<typeof conformerConfigSchema>;

/** The denoiser learns to take noise away. */
export const denoiserTrainee: ConformerTrainee<DenoisingConfig> = {
  config: conformerConfigSchema,
  graphs: 'pairs',
  build({ model, noise, training: { seed } }) {
    const network = new Denoiser(model);
    return {
      parameters: network.parameters,
      objective: (sets) => ({
        programs: compileDenoising(network),
        ...denoisingExamples({ seed, sets: { ...sets }, noise }),
      }),
    };
  },
  noiseRange: ({ noise: { low, high } }) => [low, high],
};
