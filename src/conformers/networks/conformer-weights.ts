import type { SafetensorsFile } from '../../files/safetensors.js';
import { kindOfFile } from '../../networks/weight-file.js';
import { conformerNetworks } from '../training/network-list.js';
import type { ConformerWeights } from './conformer-network.js';

/**
 * Reads a weight file of any network that makes conformers.
 * @throws UserError if it is of none, or damaged
 */
export async function decodeConformerWeights(file: SafetensorsFile, source: string): Promise<ConformerWeights> {
  const kinds = conformerNetworks.map(({ name, title, reader }) => ({ names: [name], title: `a ${title}`, reader }));
  const read = await kindOfFile(kinds, file, source).reader();
  return read(file, source);
}
