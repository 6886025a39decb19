import { readSafetensors } from '../files/safetensors-file.node.js';
import { decodeTrained, type TrainedNetwork } from './kinds.js';

/**
 * Reads a weight file from disk, whatever network it holds.
 * @throws UserError where it is missing, damaged, no weight file, of a newer version, or of a network of no kind
 */
export const readTrained = async (path: string): Promise<TrainedNetwork> =>
  decodeTrained(await readSafetensors(path), path);
