import { join } from 'node:path';
import { writeSafetensors } from '../../../src/files/safetensors-file.js';
import { encodeDenoiserFile } from '../../../src/models/denoiser-file.js';
import type { Weights } from '../../../src/nn/index.js';
import { tinyConfig, tinyWeights } from './tiny-denoiser.js';

export interface TinyWeightsFile {
  readonly name?: string;
  readonly provenance?: Readonly<Record<string, unknown>>;
  readonly weights?: Weights;
}

/** Writes the weights of a small denoiser that has learned nothing, and returns the file's path. */
export async function writeTinyWeights(
  folder: string,
  { name = 'tiny', provenance = { note: 'a test' }, weights = tinyWeights }: TinyWeightsFile = {},
): Promise<string> {
  const path = join(folder, `${name}.safetensors`);
  const file = encodeDenoiserFile({ config: tinyConfig, weights, provenance });
  await writeSafetensors(path, file.tensors, file.metadata);
  return path;
}
