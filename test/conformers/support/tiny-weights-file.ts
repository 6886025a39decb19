import { join } from 'node:path';
import { writeSafetensors } from '../../../src/files/safetensors-file.js';
import { encodeDenoiserFile } from '../../../src/models/denoiser-file.js';
import { tinyConfig, tinyWeights } from './tiny-denoiser.js';

/** Writes the weights of a small denoiser that has learned nothing, and returns the file's path. */
export async function writeTinyWeights(folder: string): Promise<string> {
  const path = join(folder, 'tiny.safetensors');
  const file = encodeDenoiserFile({ config: tinyConfig, weights: tinyWeights, provenance: { note: 'a test' } });
  await writeSafetensors(path, file.tensors, file.metadata);
  return path;
}
