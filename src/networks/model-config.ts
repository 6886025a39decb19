import { z } from 'zod';
import { UserError } from '../common/errors.js';
import { firstIssue } from '../common/first-issue.js';
import { createModel, type ModelConfig, modelNames } from './registry.js';
import { fieldNames } from './system.js';

const count = z.number().int().positive();

/** Far above what anyone trains; a slip of the finger beyond it would take all memory or time. */
const LARGEST = { hidden: 4096, layers: 256 };

/** The keys that describe a network, each with what it means. */
const keys = {
  model: z.enum(modelNames).describe('The network; clof_vel is the published ClofNet.'),
  hidden: count.max(LARGEST.hidden).describe('Width of the node features.'),
  layers: count.max(LARGEST.layers).describe('Message-passing layers.'),
  frame: z.enum(['published', 'orthonormal']).describe('ClofNet: how the axes of a frame are made.'),
  scalarize: z
    .enum(['once', 'every-layer'])
    .describe('ClofNet: whether vectors are put on the frames once, or anew in every layer.'),
  charges: z.boolean().describe('ClofNet: give every body its own charge as a feature.'),
  fields: z
    .array(z.enum(fieldNames))
    .refine((names) => new Set(names).size === names.length, 'expected every field once')
    .describe('ClofNet: the external fields that the network gets as inputs.'),
};

/** A network in a configuration file: every key may be left out. */
export const modelSchema = z
  .strictObject({
    model: keys.model.default('clof_vel'),
    hidden: keys.hidden.default(64),
    layers: keys.layers.default(4),
    frame: keys.frame.default('published'),
    scalarize: keys.scalarize.default('once'),
    charges: keys.charges.default(false),
    fields: keys.fields.default([]),
  })
  .describe('The network.');

const stored = z
  .strictObject({ ...keys, edgeKinds: count })
  .partial()
  .required({ model: true });

/**
 * Reads the description of a network in a file's metadata.
 * @throws UserError where it describes no network that this version knows
 */
export function parseModelConfig(value: unknown, source: string): ModelConfig {
  const parsed = stored.safeParse(value);
  if (!parsed.success) {
    throw new UserError(`${source}: the description of the network is damaged: ${firstIssue(parsed.error, 'model')}`, {
      file: source,
    });
  }
  const config = parsed.data as ModelConfig;
  createModel(config);
  return config;
}
