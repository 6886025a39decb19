import { denoiserWeights } from '../conformers/networks/denoiser-file.js';
import { scoreWeights } from '../conformers/networks/score-file.js';
import type { SafetensorsFile } from '../files/safetensors.js';
import { fitWeights } from '../fit/network/fit-weights.js';
import type { Exported } from '../networks/export-onnx.js';
import type { GeometricFunction } from '../networks/geometric-function.js';
import { decodeWeights, kindOfFile, type WeightKind } from '../networks/weight-file.js';
import { manyBodyWeights } from '../newton/networks/model-file.js';
import { backbones } from '../newton/networks/registry.js';
import type { Parameter } from '../nn/index.js';

/** Reads a weight file of one kind, and says what its network is as a function of named arrays. */
export const opener = <
  Config extends { readonly model: string },
  Model extends { readonly parameters: readonly Parameter[] },
>(
  kind: WeightKind<Config, Model>,
) => ({
  ...kind,
  /** Opens a weight file of the kind. */
  open(file: SafetensorsFile, source: string): TrainedNetwork {
    const { model, ...trained } = decodeWeights(kind, file, source);
    return {
      ...trained,
      network: kind.describe(trained.config, model),
      notes: kind.notes(trained.provenance, trained.config),
    };
  },
});

/** The kinds of network that weight files hold. To add one, write its record in a file of its own and list it here. */
export const trainedKinds = [
  opener(manyBodyWeights(backbones)),
  opener(denoiserWeights),
  opener(scoreWeights),
  opener(fitWeights),
];

/** A trained network of whatever kind: what it is, its weights, where they come from, and what it does. */
export interface TrainedNetwork extends Exported {
  readonly network: GeometricFunction;
}

/**
 * Opens a weight file, whatever network it holds.
 * @throws UserError if it is no weight file, of a newer version, damaged, or of a network of no kind
 */
export const decodeTrained = (file: SafetensorsFile, source: string, kinds = trainedKinds): TrainedNetwork =>
  kindOfFile(kinds, file, source).open(file, source);
