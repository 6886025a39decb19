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
