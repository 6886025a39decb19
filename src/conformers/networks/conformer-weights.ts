import type { SafetensorsFile } from '../../files/safetensors.js';
import { describedBy, networkName } from '../../networks/weight-file.js';
import { conformerNetworkOf } from '../training/network-list.js';
import type { ConformerWeights } from './conformer-network.js';

/**
 * Reads a weight file of any network that makes conformers.
 * @throws UserError if it is of none, or damaged
 */
export async function decodeConformerWeights(file: SafetensorsFile, source: string): Promise<ConformerWeights> {
  const read = await conformerNetworkOf(networkName(describedBy(file, source).config)).reader();
  return read(file, source);
}
