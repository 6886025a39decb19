import { z } from 'zod';
import { trainingSchema } from '../../training/config.js';
import { denoiserSchema } from '../networks/denoiser-file.js';
import { scoreNetworkSchema } from '../networks/score-file.js';
import { type ConformerNetworkName, conformerNetworkNames } from './network-names.js';

const positive = z.number().positive();
const count = z.number().int().positive();

const data = (conformers: number) =>
  z
    .strictObject({
      file: z
        .string()
        .min(1)
        .default('conformers.safetensors')
        .describe('What clofnet conformers prepare has written.'),
      conformers: count.default(conformers).describe('The most conformers of a molecule, the first ones.'),
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
const { kind, weightDecay, averageDecay, clipNorm } = optimizer.unwrap().shape;

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
  network: z.literal('denoiser').optional().describe('Which network is trained: without this key, the denoiser.'),
  model: denoiserSchema.prefault({}),
  data: data(20).prefault({}),
  noise: noise.prefault({}),
  training: training.prefault({}),
});

const noiseLevels = z
  .strictObject({
    count: count.default(50).describe('How many noise levels there are.'),
    largest: positive.default(10).describe('The highest deviation, in ångström.'),
    smallest: positive.default(0.01).describe('The lowest.'),
  })
  .refine(({ largest, smallest }) => smallest < largest, { path: ['smallest'], message: 'must be below largest' })
  .describe('The noise that it learns to take away.');

/** Training as the score network was published with. */
const scoreTraining = trainingSchema
  .extend({
    rate: withDefault(rate, 0.001),
    schedule: withDefault(schedule, { kind: 'plateau', factor: 0.6, patience: 10 }),
    dropout: z.number().min(0).lt(1).default(0.1).describe('The share of values that each step leaves out.'),
    optimizer: optimizer
      .unwrap()
      .extend({
        kind: withDefault(kind, 'adam'),
        weightDecay: z.literal(0).default(0).describe('None: it would draw the random frequencies to zero, too.'),
      })
      .describe(optimizer.description ?? '')
      .prefault({}),
    evaluateEvery: withDefault(evaluateEvery, 1),
  })
  .describe('How it learns.');

/** The configuration of a training run of the published score network. */
export const scoreConfigSchema = z.strictObject({
  network: z.literal('score').default('score').describe('Which network is trained: the published score network.'),
  model: scoreNetworkSchema.prefault({}),
  data: data(5).prefault({}),
  noise: noiseLevels.prefault({}),
  training: scoreTraining.prefault({}),
});

/** The configuration of a training run of the denoiser. */
export type DenoisingConfig = z.output<typeof conformerConfigSchema>;
/** The configuration of a training run of the score network. */
export type ScoreMatchingConfig = z.output<typeof scoreConfigSchema>;

/** The configuration of a training run, whichever network it trains. */
export type ConformerConfig = DenoisingConfig | ScoreMatchingConfig;

/** The networks that can be trained, and the configuration of each. */
export const conformerConfigSchemas = {
  denoiser: conformerConfigSchema,
  score: scoreConfigSchema,
} as const satisfies Record<ConformerNetworkName, z.ZodType<ConformerConfig>>;

/** Which network a configuration file is of, where it says so. */
export const statedNetworkSchema = z.looseObject({ network: z.enum(conformerNetworkNames).optional() });

/** A configuration of either; one that does not say which is of the denoiser. */
export const anyConformerConfigSchema = z.preprocess(
  (config) => (typeof config === 'object' ? { network: 'denoiser', ...config } : config),
  z.discriminatedUnion('network', [conformerConfigSchema, scoreConfigSchema]),
);
