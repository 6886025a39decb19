import type { SafetensorsFile } from '../../files/safetensors.js';
import { exportNetwork } from '../../networks/export-onnx.js';
import {
  type Backbones,
  backboneNamed,
  type NetworkConfig,
  namesOf,
  parseNetworkConfig,
} from '../../networks/network-config.js';
import { decodeWeights, encodeWeightFile, type Trained, type WeightKind } from '../../networks/weight-file.js';
import type { Program } from '../../tensor/index.js';
import { trainedOn } from '../evaluation/trained-on.js';
import type { DynamicsModel } from './model.js';
import { backbones, createModel, type ModelConfig, modelOn } from './registry.js';
import { systemFunction } from './system-function.js';

/** A trained many-body network: what it is, its weights, and where they come from. */
export type ModelFile = Trained<ModelConfig>;

/** The weight files of many-body networks on the backbones of a list. */
export const manyBodyWeights = (list: Backbones): WeightKind<NetworkConfig, DynamicsModel> => ({
  title: 'a network for many-body systems',
  names: namesOf(list),
  parse: (description, source) => parseNetworkConfig(list, description, source),
  build: (config) => modelOn(list, config),
  describe: ({ model: name }, model) => systemFunction({ name, model, follows: backboneNamed(list, name).follows }),
  notes: (provenance) => ({
    units: 'those of the training data: simulated systems have charge, mass and force constants of 1',
    time_span: String(trainedOn(provenance).timeSpan ?? 'unknown'),
  }),
});

/** A network and its weights as safetensors, under the published parameter names. */
export const encodeModelFile = ({ weights, ...description }: ModelFile): SafetensorsFile =>
  encodeWeightFile(description, createModel(description.config).parameters, weights);

/**
 * Writes a many-body network as ONNX, see {@link exportNetwork}.
 * @param options the version of clofnet, and the time span where the provenance does not say it
 */
export function exportOnnx(
  { model, ...file }: ModelFile & { readonly model: DynamicsModel },
  { version, timeSpan }: { readonly version: string; readonly timeSpan?: number },
): Program {
  const { describe, notes } = manyBodyWeights(backbones);
  const told = notes(file.provenance, file.config);
  const span = timeSpan === undefined ? told.time_span : String(timeSpan);
  const exported = { ...file, network: describe(file.config, model), notes: { ...told, time_span: span } };
  return exportNetwork(exported, { version });
}

/**
 * Reads a weight file.
 * @throws UserError if it is no weight file, of a newer version, or its tensors are not those of its network
 */
export const decodeModelFile = (file: SafetensorsFile, source: string) =>
  decodeWeights(manyBodyWeights(backbones), file, source) as ModelFile & { readonly model: DynamicsModel };
