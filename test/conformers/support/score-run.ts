import { join } from 'node:path';
import { writeDataset } from '../../../src/conformers/dataset/dataset-file.node.js';
import type { Ensemble } from '../../../src/conformers/dataset/ensemble.js';
import { type ScoreMatchingConfig, scoreConfigSchema } from '../../../src/conformers/training/score-trainee.js';
import { knownShape } from './stub-denoiser.js';

const ensemble = (smiles: string): Ensemble => {
  const { molecule, shape } = knownShape(smiles);
  return { molecule, conformers: [shape, shape.map((x, k) => (k % 3 === 0 ? -x : x))], level: 'mmff94s' };
};

/** Writes a data set of a few small molecules, and returns its path. */
export async function writeTinyDataset(folder: string): Promise<string> {
  const path = join(folder, 'data.safetensors');
  const ensembles = ['CCO', 'CC=O', 'CCN', 'CC#N'].map(ensemble);
  await writeDataset(path, ensembles, {}, ['train', 'train', 'train', 'valid']);
  return path;
}

/** A score network that is trained in seconds. */
export const tinyScoreConfig = (file: string, training: object = {}): ScoreMatchingConfig =>
  scoreConfigSchema.parse({
    model: { hidden: 8, heads: 2, blocks: 1 },
    data: { file },
    training: { epochs: 4, batch: 3, rate: 0.01, optimizer: { averageDecay: 0.5 }, ...training },
  });
