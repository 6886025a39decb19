import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Weights } from '../../nn/index.js';
import { decodeConformerWeights } from '../networks/conformer-weights.js';
import { type Learned, learnedFrom } from '../networks/learned.js';
import { hashWeights } from '../networks/weights-hash.node.js';
import { conformerNetworkOf } from './network-list.js';
import type { ConformerConfig } from './network-record.js';

/** Weights that were learned before. */
export interface StartingWeights {
  readonly weights: Weights;
  /** As it stands in the run's description: where the file lay is nobody else's business. */
  readonly from: { readonly file: string; readonly sha256: string };
  readonly learned: Learned | undefined;
}

/** Reads weights to start from. @throws UserError for a file that is none, or of another network than is wanted */
export async function startingWeights(wanted: ConformerConfig, path: string): Promise<StartingWeights> {
  const { config, weights, provenance } = await decodeConformerWeights(await readSafetensors(path), path);
  const { model: kind, ...stored } = config;
  const { name } = conformerNetworkOf(wanted.network);
  if (kind !== name) throw new UserError(`${path} is of a ${kind} network; give --network ${kind} to start from it`);
  const sizes: Readonly<Record<string, unknown>> = { ...wanted.model };
  const differing = Object.entries(stored).find(([key, value]) => sizes[key] !== value);
  if (!differing) {
    const from = { file: basename(path), sha256: hashWeights(weights) };
    return { weights, from, learned: learnedFrom(provenance) };
  }
  const [key, value] = differing;
  throw new UserError(`${path} is of a network with ${key} ${value}; set model.${key} to ${value} to start from it`);
}
