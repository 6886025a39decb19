import { UserError } from '../common/errors.js';
import type { SafetensorsFile } from '../files/safetensors.js';
import type { Weights } from '../nn/index.js';
import type { DynamicsModel } from './model.js';
import { parseModelConfig } from './model-config.js';
import { createModel, type ModelConfig } from './registry.js';
import { type Described, describedBy, encodeWeightFile, matchWeights, networkName } from './weight-file.js';

/** A trained many-body network: what it is, its weights, and where they come from. */
export interface ModelFile extends Described<ModelConfig> {
  readonly weights: Weights;
}

/** A network and its weights as safetensors, under the published parameter names. */
export const encodeModelFile = ({ weights, ...description }: ModelFile): SafetensorsFile =>
  encodeWeightFile(description, createModel(description.config).parameters, weights);

/**
 * Reads a weight file.
 * @throws UserError if it is no weight file, of a newer version, or its tensors are not those of its network
 */
export function decodeModelFile(file: SafetensorsFile, source: string): ModelFile & { readonly model: DynamicsModel } {
  const { config: description, provenance } = describedBy(file, source);
  if (['denoiser', 'score'].some((name) => name === networkName(description))) {
    throw new UserError(`${source} is a network for conformers`, {
      code: 'mismatch',
      file: source,
      remedy: { command: 'conformers', purpose: 'for it' },
    });
  }
  const config = parseModelConfig(description, source);
  const model = createModel(config);
  return { config, model, weights: matchWeights(model.parameters, file, source), provenance };
}
