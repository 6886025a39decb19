import { z } from 'zod';
import { UserError } from '../../common/errors.js';
import { firstIssue } from '../../common/first-issue.js';
import type { SafetensorsFile } from '../../files/safetensors.js';
import {
  type Described,
  describedBy,
  encodeWeightFile,
  matchWeights,
  networkName,
} from '../../networks/weight-file.js';
import type { Weights } from '../../nn/index.js';
import { Denoiser } from './denoiser.js';

const count = z.number().int().positive();

const keys = {
  hidden: count.max(4096).default(64).describe('Width of the atom features.'),
  layers: count.max(256).default(5).describe('Message-passing layers.'),
  vectors: count.max(64).default(4).describe('Directions that every atom keeps beside its position.'),
};

/** The denoiser in a configuration file: every key may be left out. */
export const denoiserSchema = z.strictObject(keys).describe('The network.');

const stored = z.strictObject({ model: z.literal('denoiser'), ...keys });

/** A denoiser, described: plain data, ready for JSON. */
export type DenoiserConfig = z.output<typeof stored>;

/** A trained denoiser: what it is, its weights, and where they come from. */
export interface DenoiserFile extends Described<DenoiserConfig> {
  readonly weights: Weights;
}

/** A denoiser and its weights as safetensors. */
export const encodeDenoiserFile = ({ weights, ...description }: DenoiserFile): SafetensorsFile =>
  encodeWeightFile(description, new Denoiser(description.config).parameters, weights);

/**
 * Reads a weight file.
 * @throws UserError if it is no weight file, of a newer version, of another kind of network, or its tensors are not
 * those of its network
 */
export function decodeDenoiserFile(file: SafetensorsFile, source: string): DenoiserFile & { readonly model: Denoiser } {
  const { config: description, provenance } = describedBy(file, source);
  if (networkName(description) === 'score') {
    throw new UserError(`${source} is a score network, a denoiser is wanted`, { file: source });
  }
  if (networkName(description) !== 'denoiser') {
    throw new UserError(`${source} is a network for many-body systems`, {
      code: 'mismatch',
      file: source,
      remedy: { command: 'newton', purpose: 'for it' },
    });
  }
  const { data: config, error } = stored.safeParse(description);
  if (error) {
    throw new UserError(`${source}: the description of the network is damaged: ${firstIssue(error, 'model')}`, {
      file: source,
    });
  }
  const model = new Denoiser(config);
  return { config, model, weights: matchWeights(model.parameters, file, source), provenance };
}
