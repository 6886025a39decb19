import { z } from 'zod';
import { trainingSchema, withDefault } from '../../training/config.js';
import { scoreNetworkSchema } from '../networks/score-file.js';
import { ScoreNetwork } from '../networks/score-network.js';
import { noiseLevels } from '../sampling/noise-levels.js';
import { dataSchema } from './config-parts.js';
import type { ConformerTrainee } from './network-record.js';
import { scoreExamples } from './score-examples.js';
import { compileScoreMatching } from './score-matching.js';

const positive = z.number().positive();

const noise = z
  .strictObject({
    count: z.number().int().positive().default(50).describe('How many noise levels there are.'),
    largest: positive.default(10).describe('The highest deviation, in ångström.'),
    smallest: positive.default(0.01).describe('The lowest.'),
  })
  .refine(({ largest, smallest }) => smallest < largest, { path: ['smallest'], message: 'must be below largest' })
  .describe('The noise that it learns to take away.');

const { rate, schedule, optimizer, evaluateEvery } = trainingSchema.shape;
const { kind } = optimizer.unwrap().shape;

/** Training as the score network was published with. */
const training = trainingSchema
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
  data: dataSchema(5).prefault({}),
  noise: noise.prefault({}),
  training: training.prefault({}),
});

/** The configuration of a training run of the score network. */
export type ScoreMatchingConfig = z.output<typeof scoreConfigSchema>;

/** The score network learns by score matching. */
export const scoreTrainee: ConformerTrainee<ScoreMatchingConfig> = {
  config: scoreConfigSchema,
  graphs: 'bonded',
  build({ model, noise, training: { seed, dropout } }) {
    const network = new ScoreNetwork(model);
    return {
      parameters: network.parameters,
      objective(sets) {
        const programs = compileScoreMatching(network, { dropout: dropout > 0 });
        const { inputs } = programs.gradient;
        return { programs, ...scoreExamples({ seed, sets: { ...sets }, levels: noiseLevels(noise), inputs, dropout }) };
      },
    };
  },
  noiseRange: ({ noise: { smallest, largest } }) => [smallest, largest],
};
