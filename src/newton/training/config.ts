import { z } from 'zod';
import { trainingSchema } from '../../training/config.js';
import { modelSchema } from '../networks/model-config.js';
import { MAGNETIC_FIELD } from '../system/kinds/dynamic.js';
import { GRAVITY } from '../system/kinds/static.js';

const count = z.number().int().positive();
const share = z.number().min(0).max(1);
const vector = z.tuple([z.number(), z.number(), z.number()]);

const data = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .default('data')
      .describe('The folder of the .npy files; or trajectories in extended XYZ, a file or a folder of files.'),
    name: z
      .string()
      .min(1)
      .optional()
      .describe('The set in that folder, such as charged5_initvel1small; not needed where there is only one.'),
    groupBy: z
      .string()
      .min(1)
      .default('trajectory')
      .describe('Extended XYZ: the key of the comment line that says which trajectory a structure is of.'),
    split: z
      .strictObject({
        valid: share.default(0.1).describe('The share of the trajectories for validation.'),
        test: share.default(0.1).describe('The share of the trajectories for the test.'),
        seed: z.number().int().min(0).default(1).describe('Which trajectories go where.'),
      })
      .prefault({})
      .describe('Extended XYZ: how trajectories are split, where files are not named train, valid and test.'),
    spacing: z
      .number()
      .positive()
      .nullable()
      .optional()
      .describe('The time between snapshots, where the data do not say it; 0.1 in published sets; null: unknown.'),
    charges: z
      .boolean()
      .optional()
      .describe('Extended XYZ: whether the bodies have charges; found out, and written into the run.'),
    train: count.default(3000).describe('Training trajectories to use, from the first; of your own files, at most.'),
    input: z.number().int().min(0).default(30).describe('The snapshot that the network sees.'),
    target: z.number().int().min(0).default(40).describe('The snapshot that it predicts.'),
    windows: z
      .union([z.literal('all'), count], { error: "expected 'all' or a whole number >=1" })
      .default(1)
      .describe(
        'Windows of each training trajectory to learn from, as long as from input to target: a number, or all.',
      ),
    span: count
      .optional()
      .describe(
        'Snapshots from input to target in training, where they are fewer than those that are predicted: the network ' +
          'then learns in so much shorter windows. For the propagator, whose time span can be cut.',
      ),
    mirror: z.boolean().default(false).describe('Learn from mirror images too, by a coin for each example and step.'),
    reverse: z
      .boolean()
      .default(false)
      .describe('Learn from motions backwards in time too, by a coin for each example and step.'),
    steps: count
      .max(64)
      .default(1)
      .describe('Training applies the network so many times, where model.velocities has it predict velocities.'),
    velocityWeight: z
      .number()
      .positive()
      .default(1)
      .describe('How much the error of velocities counts in training, where model.velocities has them predicted.'),
    huber: z
      .number()
      .positive()
      .optional()
      .describe('The length from which on an error counts less than its square in training; default none.'),
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
