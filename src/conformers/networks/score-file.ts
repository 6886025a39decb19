import { z } from 'zod';
import type { SafetensorsFile } from '../../files/safetensors.js';
import {
  decodeWeights,
  encodeWeightFile,
  parseDescription,
  type Trained,
  type WeightKind,
} from '../../networks/weight-file.js';
import { MOLECULE_NOTES, scoreNetworkFunction } from './molecule-functions.js';
import { ScoreNetwork } from './score-network.js';

const count = z.number().int().positive();

const keys = {
  hidden: count.max(4096).default(288).describe('Width of the features, a multiple of heads.'),
  heads: count.max(64).default(8).describe('Attention heads.'),
  blocks: count.max(16).default(2).describe('Blocks, each of which adds to the score.'),
  layers: count.max(256).default(2).describe('Attention layers of a block.'),
  recentre: z
    .boolean()
    .default(true)
    .describe('Whether positions are taken relative to the centre of their molecule; as published, they are not.'),
};

/** The score network in a configuration file: every key may be left out. */
export const scoreNetworkSchema = z.strictObject(keys).describe('The network.');

const stored = z.strictObject({ model: z.literal('score'), ...keys });

/** A score network, described: plain data, ready for JSON. */
export type ScoreNetworkConfig = z.output<typeof stored>;

/** A trained score network: what it is, its weights, and where they come from. */
export type ScoreNetworkFile = Trained<ScoreNetworkConfig>;

/** The weight files of score networks. */
export const scoreWeights: WeightKind<ScoreNetworkConfig, ScoreNetwork> = {
  title: 'a score network',
  names: ['score'],
  parse: (description, source) => parseDescription(stored, description, source),
  build: (config) => new ScoreNetwork(config),
  describe: (_, model) => scoreNetworkFunction(model),
  notes: () => MOLECULE_NOTES,
};

/** A score network and its weights, the fixed ones among them, as safetensors. */
export const encodeScoreNetworkFile = ({ weights, ...description }: ScoreNetworkFile): SafetensorsFile =>
  encodeWeightFile(description, new ScoreNetwork(description.config).parameters, weights);

/**
 * Reads a weight file.
 * @throws UserError if it is no weight file, of a newer version, of another kind of network, or its tensors are not
 * those of its network
 */
export const decodeScoreNetworkFile = (file: SafetensorsFile, source: string) =>
  decodeWeights(scoreWeights, file, source);
