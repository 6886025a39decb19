import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../common/errors.js';
import { firstIssue } from '../common/first-issue.js';
import { resumeOrStartOver } from '../common/remedy.js';
import { writeFileAtomic } from '../files/atomic.node.js';
import { errorCode, readError } from '../files/file-errors.node.js';
import { readSafetensors, writeSafetensors } from '../files/safetensors-file.node.js';
import { type Checkpoint, checkpointDescription, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
import { inFull } from './config.js';
import { hasStoppedEarly } from './evaluations.js';
import { FlatLayout } from './flat-parameters.js';
import { metricsTable } from './metrics-table.js';
import type { RunConfig, RunDescription } from './run-description.js';
import type { TrainableNetwork, Trainee } from './trainee.js';
import type { EpochMetrics } from './trainer.js';

/** What a run's files are made of. */
type RunNetwork<Config> = Pick<TrainableNetwork<Config, unknown>, 'parameters' | 'weightFile'>;

const descriptionSchema = (config: z.ZodType) =>
  z.object({
    config,
    dataHash: z.string(),
    workers: z.number().int().positive(),
    device: z.string(),
    version: z.string(),
    commit: z.string().nullable(),
    origin: z.record(z.string(), z.unknown()).optional(),
  });

const metricsSchema: z.ZodType<EpochMetrics> = z.object({
  epoch: z.number(),
  step: z.number(),
  rate: z.number(),
  train: z.number(),
  valid: z.number().optional(),
  test: z.number().optional(),
  gradientNorm: z.number(),
  seconds: z.number().optional(),
});

/** The files of the run in a folder. */
export const runFiles = (folder: string) => ({
  checkpoint: join(folder, 'checkpoint.safetensors'),
  metrics: join(folder, 'metrics.jsonl'),
  table: join(folder, 'metrics.csv'),
  weights: join(folder, 'weights.safetensors'),
});

/** The files of one training run, each written whole or not at all. */
export class RunFolder<Config extends RunConfig> {
  readonly path: string;
  readonly description: RunDescription<Config>;
  readonly #network: RunNetwork<Config>;
  readonly #layout: FlatLayout;
  readonly #metrics: EpochMetrics[];
  readonly #secondsBefore: number | undefined;
  #started = performance.now();

  /** @param before what the run had come to; its seconds are unknown where a version trained that did not time */
  constructor(
    path: string,
    network: RunNetwork<Config>,
    description: RunDescription<Config>,
    before: { readonly metrics: readonly EpochMetrics[]; readonly seconds?: number } = { metrics: [], seconds: 0 },
  ) {
    this.path = path;
    this.description = description;
    this.#network = network;
    this.#layout = new FlatLayout(network.parameters);
    this.#metrics = [...before.metrics];
    this.#secondsBefore = before.seconds;
  }

  get metrics(): readonly EpochMetrics[] {
    return this.#metrics;
  }

  /**
   * Starts a new run: its first checkpoint takes the place of what was in the folder. Killed at any moment, this leaves
   * the old run (without the weights, which its checkpoint holds too) or the new one, never the files of both.
   */
  async begin(checkpoint: Checkpoint): Promise<void> {
    await rm(runFiles(this.path).weights, { force: true });
    await this.saveCheckpoint(checkpoint);
    for (const file of [runFiles(this.path).metrics, runFiles(this.path).table]) await rm(file, { force: true });
  }

  /** Training goes on now: its seconds are counted from here. */
  startClock(): void {
    this.#started = performance.now();
  }

  /** Seconds of training, in milliseconds' steps; undefined where nobody knows how many there were before. */
  get #seconds(): number | undefined {
    const since = (performance.now() - this.#started) / 1000;
    return this.#secondsBefore === undefined ? undefined : Number((this.#secondsBefore + since).toFixed(3));
  }

  /** Stores what is reported of an epoch, with the seconds so far, and gives it back. */
  async addMetrics(reported: EpochMetrics): Promise<EpochMetrics> {
    const seconds = this.#seconds;
    const metrics = seconds === undefined ? reported : { ...reported, seconds };
    this.#metrics.push(metrics);
    const lines = this.#metrics.map((line) => `${JSON.stringify(line)}\n`);
    await writeFileAtomic(runFiles(this.path).metrics, lines.join(''));
    await writeFileAtomic(runFiles(this.path).table, metricsTable(this.#metrics));
    return metrics;
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { tensors, metadata } = encodeCheckpoint(checkpoint, this.#layout, this.description);
    // Where the last metrics are of the same step, they tell, and the file is the same in every repetition.
    const isTold = checkpoint.progress.step === (this.#metrics.at(-1)?.step ?? 0);
    const seconds = isTold ? undefined : this.#seconds;
    const timed = seconds === undefined ? metadata : { ...metadata, seconds: String(seconds) };
    await writeSafetensors(runFiles(this.path).checkpoint, tensors, timed);
  }

  /** Saves the best weights, with the errors that they were chosen by. */
  async saveWeights({ bestWeights, progress }: Checkpoint): Promise<void> {
    const { config, origin, ...rest } = this.description;
    const { training } = config;
    const ended = hasStoppedEarly(training, progress) && { stoppedEarly: true };
    const provenance = { ...rest, ...origin, training, best: progress.best, epochs: progress.epoch, ...ended };
    const { tensors, metadata } = this.#network.weightFile(this.#layout.unflatten(bestWeights), provenance, config);
    await writeSafetensors(runFiles(this.path).weights, tensors, metadata);
  }
}

/** Whether there is a run in a folder, which need not be there itself. */
export function hasRun(path: string): Promise<boolean> {
  const file = runFiles(path).checkpoint;
  return stat(file).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
      throw readError(error, file);
    },
  );
}

/**
 * Checks that a new run may go into a folder, which need not be there yet.
 * @throws UserError if there is a run in it already, unless `force` allows to replace it
 */
export async function prepareRunFolder(path: string, force: boolean): Promise<void> {
  if (!force && (await hasRun(path)))
    throw new UserError(`there is a run in ${path} already`, {
      code: 'conflict',
      file: path,
      remedy: resumeOrStartOver,
    });
}

/**
 * The description of the run in a folder, of whatever form.
 * @throws UserError if there is no checkpoint, or it is not of this version
 */
export async function storedDescription(path: string): Promise<unknown> {
  const file = runFiles(path).checkpoint;
  const checkpoint = await readSafetensors(file).catch((error: unknown) => {
    if (!(error instanceof UserError) || errorCode(error.cause) !== 'ENOENT') throw error;
    throw new UserError(`there is no run in ${path}: it has no ${basename(file)}`, { file: path, cause: error });
  });
  return checkpointDescription(checkpoint, file);
}

/**
 * The description of the run in a folder.
 * @throws UserError if there is no checkpoint, it is not of this version, or of a run of another kind
 */
export async function readRunDescription<Config extends RunConfig>(
  { command, config }: Pick<Trainee<Config, unknown>, 'command' | 'config'>,
  path: string,
): Promise<RunDescription<Config>> {
  const description = await storedDescription(path);
  const { error } = descriptionSchema(config).safeParse(description);
  if (error) {
    const [file, where] = [runFiles(path).checkpoint, firstIssue(error, 'run')];
    throw new UserError(`${file}: this is a run of another kind, or its description is damaged: ${where}`, {
      file,
      remedy: { command, action: 'give' },
    });
  }
  // Not zod's copy, whose keys are in another order: what a resumed run writes must be the same to the last byte. Nor
  // zod's defaults for what is missing, which are those of new runs.
  const stored = description as RunDescription<Config>;
  return { ...stored, config: { ...stored.config, training: inFull(stored.config.training) } };
}

/** Opens the run in a folder to continue it. Metrics from after the checkpoint are forgotten: they come again. */
export async function reopenRun<Config extends RunConfig>(
  path: string,
  network: RunNetwork<Config>,
  description: RunDescription<Config>,
): Promise<{ folder: RunFolder<Config>; checkpoint: Checkpoint }> {
  const file = runFiles(path).checkpoint;
  const stored = await readSafetensors(file);
  const checkpoint = decodeCheckpoint(stored, new FlatLayout(network.parameters), file);
  const { progress } = checkpoint;
  const metrics = (await readMetrics(path)).filter(({ epoch, step }) =>
    Number.isInteger(epoch) ? epoch <= progress.epoch : step <= progress.step,
  );
  const before = { metrics, seconds: secondsBefore(stored.metadata.seconds, checkpoint.progress.step, metrics.at(-1)) };
  return { folder: new RunFolder(path, network, description, before), checkpoint };
}

/** Seconds of training up to a checkpoint: those that it tells itself, or that the metrics of its step tell. */
function secondsBefore(told: string | undefined, step: number, last: EpochMetrics | undefined): number | undefined {
  if (told !== undefined) return Number(told);
  if (step === 0) return 0;
  return last?.step === step ? last.seconds : undefined;
}

/**
 * The metrics of a run, one record an epoch, and one an evaluation within an epoch; none if the run has not finished an epoch.
 * @throws UserError if the file is there and cannot be read, or a line of it is no record
 */
export async function readMetrics(path: string): Promise<EpochMetrics[]> {
  const file = runFiles(path).metrics;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw readError(error, file);
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, k) => parseMetrics(line, `${file}, line ${k + 1}`));
}

function parseMetrics(line: string, place: string): EpochMetrics {
  try {
    const record: unknown = JSON.parse(line);
    metricsSchema.parse(record);
    return record as EpochMetrics; // and not zod's copy, as for descriptions
  } catch (cause) {
    throw new UserError(`${place}: this is not a record of an epoch`, { cause });
  }
}
