import { join } from 'node:path';
import { encodeDenoiserFile } from '../../../src/conformers/networks/denoiser-file.js';
import { encodeScoreNetworkFile } from '../../../src/conformers/networks/score-file.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { writeSafetensors } from '../../../src/files/safetensors-file.node.js';
import { initialize, type Weights } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
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

const score = { model: 'score', hidden: 8, heads: 2, blocks: 1, layers: 1, recentre: true } as const;

/** Writes the weights of a small score network, which says next to nothing, and returns the file's path. */
export async function writeTinyScoreWeights(folder: string): Promise<string> {
  const path = join(folder, 'tiny-score.safetensors');
  const weights = initialize(new ScoreNetwork(score).parameters, Rng.fromSeed(1));
  for (const [name, values] of weights) {
    if (name.includes('dynamic_mlp_modules'))
      weights.set(
        name,
        values.map((value) => 1e-3 * value),
      );
  }
  const file = encodeScoreNetworkFile({ config: score, weights, provenance: { note: 'a test' } });
  await writeSafetensors(path, file.tensors, file.metadata);
  return path;
}
