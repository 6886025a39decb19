import { z } from 'zod';
import { trainingSchema } from '../../training/config.js';
import { modelSchema } from '../networks/model-config.js';
import { MAGNETIC_FIELD } from '../system/kinds/dynamic.js';
import { GRAVITY } from '../system/kinds/static.js';

const count = z.number().int().positive();
const vector = z.tuple([z.number(), z.number(), z.number()]);

const data = z
  .strictObject({
    directory: z.string().min(1).default('data').describe('The folder of the .npy files.'),
    name: z
      .string()
      .min(1)
      .optional()
      .describe('The set in that folder, such as charged5_initvel1small; not needed where there is only one.'),
    train: count.default(3000).describe('Training trajectories to use, from the first.'),
    input: z.number().int().min(0).default(30).describe('The snapshot that the network sees.'),
    target: z.number().int().min(0).default(40).describe('The snapshot that it predicts.'),
    spacing: z
      .number()
      .positive()
      .optional()
      .describe('The time from one snapshot to the next, where the set does not say it; 0.1 in published sets.'),
    gravity: vector.default([...GRAVITY]).describe('The force on every body, where model.fields lists gravity.'),
    magnetic: vector.default([...MAGNETIC_FIELD]).describe('The magnetic field, where model.fields lists magnetic.'),
  })
  .describe('What it learns from.');

/** The configuration of a many-body training run. */
export const newtonConfigSchema = z.strictObject({
  model: modelSchema.prefault({}),
  data: data.prefault({}),
  training: trainingSchema.describe('How it learns.').prefault({}),
});

/** The configuration of a training run. */
export type NewtonConfig = z.output<typeof newtonConfigSchema>;
