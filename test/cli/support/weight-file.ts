import { join } from 'node:path';
import { writeSafetensors } from '../../../src/files/safetensors-file.node.js';
import { createModel, type ModelConfig } from '../../../src/newton/networks/index.js';
import { encodeModelFile } from '../../../src/newton/networks/model-file.js';
import type { Weights } from '../../../src/nn/index.js';
import { livelyWeights } from '../../support/lively.js';

/** A small network in a weight file, its weights drawn or given. */
export async function writeWeightFile(
  folder: string,
  name: string,
  config: ModelConfig,
  { provenance = {}, weights }: { provenance?: Readonly<Record<string, unknown>>; weights?: Weights } = {},
): Promise<string> {
  const path = join(folder, name);
  const values = weights ?? livelyWeights(createModel(config), 1);
  const { tensors, metadata } = encodeModelFile({ config, weights: values, provenance });
  await writeSafetensors(path, tensors, metadata);
  return path;
}
