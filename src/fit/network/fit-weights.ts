import { z } from 'zod';
import type { SafetensorsFile } from '../../files/safetensors.js';
import { encoderNames } from '../../networks/encoders.js';
import { decodeWeights, parseDescription, type Trained, type WeightKind } from '../../networks/weight-file.js';
import type { FitNetworkConfig } from './fit-config.js';
import { fitFunction } from './fit-function.js';
import { FitNetwork } from './fit-network.js';

const name = z.string().min(1);
const numbers = z.array(z.number());
const of = z.enum(['graph', 'node']);

const described = z.strictObject({
  model: z.enum(encoderNames),
  encoder: z.record(z.string(), z.unknown()),
  species: z.array(name).min(1),
  length: name,
  targets: z
    .array(
      z.strictObject({
        name,
        column: name,
        of,
        order: z.number().int().min(0),
        symmetry: z.enum(['none', 'symmetric', 'traceless']),
        extensive: z.boolean(),
        moment: z.boolean(),
        gradientOf: name.optional(),
        unit: name,
        widthInFiles: z.number().int().positive(),
        voigt: z.boolean(),
        scale: z.number().positive(),
        shifts: numbers.optional(),
      }),
    )
    .min(1),
  inputs: z.array(z.strictObject({ name, column: name, of, order: z.union([z.literal(0), z.literal(1)]), unit: name })),
  masses: numbers.optional(),
});

const EDGES =
  'Two edges, one each way, for every pair of atoms of a geometry (in a periodic cell, for every pair of an atom and an ' +
  'image of another or of itself) nearer than the cutoff. With r = positions[senders] + shifts - positions[receivers], ' +
  'the length of r is the distance; shifts are 0 where nothing is periodic. Put the middle of each geometry near the ' +
  'origin: float32 has digits for what lies there.';

/** The weight files of networks that were fitted to a user's quantities. */
export const fitWeights: WeightKind<FitNetworkConfig, FitNetwork> = {
  title: "a network for a user's quantities",
  names: encoderNames,
  parse: (description, source) => parseDescription<FitNetworkConfig>(described, description, source),
  build: (config) => new FitNetwork(config),
  describe: (_, model) => fitFunction(model),
  notes: (_, { species, length, encoder, targets }) => ({
    species: JSON.stringify(species),
    units: JSON.stringify({ positions: length, ...Object.fromEntries(targets.map(({ name, unit }) => [name, unit])) }),
    cutoff: String(encoder.cutoff),
    edges: EDGES,
  }),
};

/** A network that was fitted, with its weights. */
export type FittedNetwork = Trained<FitNetworkConfig> & { readonly model: FitNetwork };

/** Reads a weight file. @throws UserError if it is none, of a newer version, damaged, or of another kind of network */
export const decodeFitWeights = (file: SafetensorsFile, source: string): FittedNetwork =>
  decodeWeights(fitWeights, file, source);
