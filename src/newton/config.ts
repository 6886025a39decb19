import { z } from 'zod';
import { modelNames } from '../models/registry.js';
import { fieldNames } from '../models/system.js';
import { trainingSchema } from '../training/config.js';
import { GRAVITY, MAGNETIC_FIELD } from './system.js';

const count = z.number().int().positive();
const vector = z.tuple([z.number(), z.number(), z.number()]);

const model = z
  .strictObject({
    model: z
      .enum(modelNames as [string, ...string[]])
      .default('clof_vel')
      .describe('The network; clof_vel is the published ClofNet.'),
    hidden: count.default(64).describe('Width of the node features.'),
    layers: count.default(4).describe('Message-passing layers.'),
    frame: z
      .enum(['published', 'orthonormal'])
      .default('published')
      .describe('ClofNet: how the axes of a frame are made.'),
    scalarize: z
      .enum(['once', 'every-layer'])
      .default('once')
      .describe('ClofNet: whether vectors are put on the frames once, or anew in every layer.'),
    charges: z.boolean().default(false).describe('ClofNet: give every body its own charge as a feature.'),
    fields: z
      .array(z.enum(fieldNames))
      .default([])
      .describe('ClofNet: the external fields that the network gets as inputs.'),
  })
  .describe('The network.');

const data = z
  .strictObject({
    directory: z.string().min(1).default('data').describe('The folder of the .npy files.'),
    name: z
      .string()
      .min(1)
      .optional()
      .describe('The set in that folder, such as charged5_initvel1small; not needed where there is only one.'),
    train: count.default(3000).describe('Training trajectories to use, from the first.'),
    input: z.number().int().min(0).default(30).describe('The frame that the network sees.'),
    target: z.number().int().min(0).default(40).describe('The frame that it predicts.'),
    gravity: vector.default([...GRAVITY]).describe('The force on every body, where model.fields lists gravity.'),
    magnetic: vector.default([...MAGNETIC_FIELD]).describe('The magnetic field, where model.fields lists magnetic.'),
  })
  .describe('What it learns from.');

/** The configuration of a many-body training run. */
export const newtonConfigSchema = z.strictObject({
  model: model.prefault({}),
  data: data.prefault({}),
  training: trainingSchema.prefault({}),
});

export type NewtonConfig = z.output<typeof newtonConfigSchema>;
