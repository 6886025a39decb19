import { z } from 'zod';
import type { SafetensorsFile } from '../../files/safetensors.js';
import {
  decodeWeights,
  encodeWeightFile,
  parseDescription,
  type Trained,
  type WeightKind,
} from '../../networks/weight-file.js';
import { Denoiser } from './denoiser.js';
import { denoiserFunction, MOLECULE_NOTES } from './molecule-functions.js';

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
export type DenoiserFile = Trained<DenoiserConfig>;

/** The weight files of denoisers. */
export const denoiserWeights: WeightKind<DenoiserConfig, Denoiser> = {
  title: 'a denoiser',
  names: ['denoiser'],
  parse: (description, source) => parseDescription(stored, description, source),
  build: (config) => new Denoiser(config),
  describe: (_, model) => denoiserFunction(model),
  notes: () => MOLECULE_NOTES,
};

/** A denoiser and its weights as safetensors. */
export const encodeDenoiserFile = ({ weights, ...description }: DenoiserFile): SafetensorsFile =>
  encodeWeightFile(description, new Denoiser(description.config).parameters, weights);

/**
 * Reads a weight file.
 * @throws UserError if it is no weight file, of a newer version, of another kind of network, or its tensors are not
 * those of its network
 */
export const decodeDenoiserFile = (file: SafetensorsFile, source: string) =>
  decodeWeights(denoiserWeights, file, source);
