import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors } from '../../../src/files/safetensors-file.node.js';
import { writeDataset } from '../../../src/newton/data/dataset-write.node.js';
import { datasetName } from '../../../src/newton/data/set-name.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../../src/newton/simulation/simulate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { untimedMetrics } from '../../support/untimed.js';

/** Simulates a data set that is just large enough to train on: 5 bodies, 60 + 12 + 12 trajectories. */
export async function writeTinyData(directory: string, seed = 43): Promise<string> {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 5 });
  const states = drawInitialStates(simulation, { train: 60, valid: 12, test: 12 }, seed);
  const name = datasetName(simulation);
  await mkdir(directory, { recursive: true });
  await writeDataset(directory, name, simulateSplits(simulation, states));
  return name;
}

/** The parts of a configuration that a test wants otherwise. */
export interface Changes {
  readonly model?: object;
  readonly data?: object;
  readonly training?: object;
}

/** Writes a configuration of a small network that saves a checkpoint at almost every step. */
export async function writeTinyConfig(path: string, directory: string, changes: Changes = {}): Promise<string> {
  const config = {
    model: { hidden: 8, layers: 2, ...changes.model },
    data: { directory, train: 60, ...changes.data },
    training: {
      epochs: 20,
      batch: 7,
      evaluateEvery: 2,
      schedule: { kind: 'plateau', factor: 0.7, patience: 1 },
      optimizer: { averageDecay: 0.9, clipNorm: 1 },
      checkpointMinutes: 0.0001,
      ...changes.training,
    },
  };
  await writeFile(path, `// A small run for tests\n${JSON.stringify(config, null, 2)}\n`);
  return path;
}

/** What a run has come to: everything that must not depend on how often it was interrupted. */
export async function outcome(run: string) {
  const weights = await readSafetensors(join(run, 'weights.safetensors'));
  const checkpoint = await readSafetensors(join(run, 'checkpoint.safetensors'));
  return {
    metrics: await untimedMetrics(run),
    best: JSON.parse(weights.metadata.provenance).best as unknown,
    progress: checkpoint.metadata.progress,
    weights: weights.tensors,
    state: checkpoint.tensors,
  };
}
