import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openConformerRuns } from '../../../src/conformers/training/conformer-runs.node.js';
import { conformerConfigSchema, denoiserTrainee } from '../../../src/conformers/training/denoiser-trainee.js';
import { conformerNetworks } from '../../../src/conformers/training/network-list.js';
import type { ConformerNetworkRecord, ConformerTrainee } from '../../../src/conformers/training/network-record.js';
import { readSafetensors } from '../../../src/files/safetensors-file.node.js';
import { resumeRun, startRun } from '../../../src/training/start-run.node.js';
import { writeTinyDataset } from '../support/score-run.js';

const config = conformerConfigSchema.extend({ network: z.literal('toy') });
const toyTrainee: ConformerTrainee<z.output<typeof config>> = {
  config,
  graphs: 'bonded',
  build: (given) => denoiserTrainee.build({ ...given, network: 'denoiser' }),
  noiseRange: () => [0.1, 1],
};
const toy: ConformerNetworkRecord = {
  ...conformerNetworks[0],
  name: 'toy',
  example: 'toy',
  trainee: async () => toyTrainee,
};

test('a network that makes conformers is trained once it stands in the list', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  try {
    const runs = await openConformerRuns([...conformerNetworks, toy]);
    expect(runs.networks).toEqual(['denoiser', 'score', 'toy']);
    expect(Object.keys(runs.examples)).toEqual(['conformers', 'score', 'toy']);
    const model = { hidden: 8, layers: 1, vectors: 1 };
    const data = { file: await writeTinyDataset(folder) };
    const training = { epochs: 1, batch: 2 };
    const run = join(folder, 'run');
    const { files } = await startRun(runs, config.parse({ network: 'toy', model, data, training }), {
      folder: run,
      workers: 1,
    });
    const { metadata } = await readSafetensors(files.weights);
    expect(JSON.parse(metadata.model)).toEqual({ model: 'toy', ...model });
    expect(JSON.parse(metadata.provenance)).toMatchObject({ levels: ['mmff94s'], noise: { median: 0.5 } });
    expect(await resumeRun(runs, { folder: run })).toMatchObject({ finished: true });
    await expect(resumeRun(await openConformerRuns(), { folder: run })).rejects.toThrow(
      'this is a run of another kind',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
