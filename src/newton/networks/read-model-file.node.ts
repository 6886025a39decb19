import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { DynamicsModel } from './model.js';
import { decodeModelFile, type ModelFile } from './model-file.js';

/** A weight file, and the network that it belongs to. */
export type LoadedModel = ModelFile & { readonly model: DynamicsModel };

/**
 * Reads a weight file from disk.
 * @throws UserError where it is missing, damaged, no weight file, of a newer version, or of another network
 */
export async function readModelFile(path: string): Promise<LoadedModel> {
  return decodeModelFile(await readSafetensors(path), path);
}
