import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../common/errors.js';
import { writeFileAtomic } from '../files/atomic.js';
import { makeFolder } from '../files/folder.js';
import { readSafetensors, writeSafetensors } from '../files/safetensors-file.js';
import { encodeModelFile } from '../models/model-file.js';
import { type Checkpoint, checkpointDescription, decodeCheckpoint, encodeCheckpoint } from '../training/checkpoint.js';
import type { FlatLayout } from '../training/flat-parameters.js';
import type { EpochMetrics } from '../training/trainer.js';
import type { NewtonConfig } from './config.js';
import { modelConfigOf } from './experiment.js';

/** What a run was started with; stored in its checkpoints and weights. */
export interface RunDescription {
  readonly config: NewtonConfig;
  /** SHA-256 of the training, validation and test trajectories. */
  readonly dataHash: string;
  readonly workers: number;
  readonly device: string;
  /** The version of clofnet, and the commit of the checkout if it is one. */
  readonly version: string;
  readonly commit: string | null;
}

const FILES = {
  checkpoint: 'checkpoint.safetensors',
  metrics: 'metrics.jsonl',
  weights: 'weights.safetensors',
} as const;

export const runFile = (folder: string, file: keyof typeof FILES): string => join(folder, FILES[file]);

/** The files of one training run, each written whole or not at all. */
export class RunFolder {
  readonly path: string;
  readonly description: RunDescription;
  readonly #layout: FlatLayout;
  readonly #metrics: EpochMetrics[];

  constructor(path: string, description: RunDescription, layout: FlatLayout, metrics: readonly EpochMetrics[] = []) {
    this.path = path;
    this.description = description;
    this.#layout = layout;
    this.#metrics = [...metrics];
  }

  get metrics(): readonly EpochMetrics[] {
    return this.#metrics;
  }

  /** Starts a new run: its first checkpoint takes the place of what was in the folder. */
  async begin(checkpoint: Checkpoint): Promise<void> {
    for (const file of ['weights', 'metrics'] as const) await rm(runFile(this.path, file), { force: true });
    await this.saveCheckpoint(checkpoint);
  }

  async addMetrics(metrics: EpochMetrics): Promise<void> {
    this.#metrics.push(metrics);
    await writeFileAtomic(
      runFile(this.path, 'metrics'),
      this.#metrics.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { tensors, metadata } = encodeCheckpoint(checkpoint, this.#layout, this.description);
    await writeSafetensors(runFile(this.path, 'checkpoint'), tensors, metadata);
  }

  /** Saves the best weights, with the errors that they were chosen by. */
  async saveWeights({ bestWeights, progress }: Checkpoint): Promise<void> {
    const { config, ...rest } = this.description;
    const provenance = {
      ...rest,
      // Where the trajectories lay on this machine is nobody else's business; the hash tells which they were.
      data: { ...config.data, directory: undefined },
      training: config.training,
      best: progress.best,
      epochs: progress.epoch,
    };
    const weights = this.#layout.unflatten(bestWeights);
    const { tensors, metadata } = encodeModelFile({ config: modelConfigOf(config), weights, provenance });
    await writeSafetensors(runFile(this.path, 'weights'), tensors, metadata);
  }
}

/** A folder for a new run. @throws UserError if there is a run in it already, unless `force` allows to replace it */
export async function prepareRunFolder(path: string, force: boolean): Promise<void> {
  await makeFolder(path);
  const existing = await readFile(runFile(path, 'checkpoint')).catch(() => undefined);
  if (existing && !force)
    throw new UserError(`there is a run in ${path} already; go on with it by --resume, or give --force to start anew`);
}

/** The description of the run in a folder. @throws UserError if there is no checkpoint, or it is not of this version */
export async function readRunDescription(path: string): Promise<RunDescription> {
  const file = runFile(path, 'checkpoint');
  return checkpointDescription(await readSafetensors(file), file) as RunDescription;
}

/** Opens the run in a folder to go on with it. Metrics of epochs after the checkpoint are forgotten: they come again. */
export async function resumeRun(
  path: string,
  description: RunDescription,
  layout: FlatLayout,
): Promise<{ folder: RunFolder; checkpoint: Checkpoint }> {
  const file = runFile(path, 'checkpoint');
  const checkpoint = decodeCheckpoint(await readSafetensors(file), layout, file);
  const metrics = (await readMetrics(path)).filter(({ epoch }) => epoch <= checkpoint.progress.epoch);
  return { folder: new RunFolder(path, description, layout, metrics), checkpoint };
}

/** The metrics of a run, one record an epoch; none if the run has not finished an epoch. */
export async function readMetrics(path: string): Promise<EpochMetrics[]> {
  const file = runFile(path, 'metrics');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, k) => {
      try {
        return JSON.parse(line) as EpochMetrics;
      } catch (cause) {
        throw new UserError(`${file}, line ${k + 1}: no JSON`, { cause });
      }
    });
}
