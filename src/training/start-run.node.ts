import { availableParallelism } from 'node:os';
import { UserError } from '../common/errors.js';
import type { Weights } from '../nn/index.js';
import { parseDevice } from '../runtime/devices.js';
import { openProbedRuntime } from '../runtime/probe.node.js';
import { type RunOptions, type TrainResult, trainInFolder } from './run.node.js';
import type { RunConfig } from './run-description.js';
import { prepareRunFolder, RunFolder, readRunDescription, reopenRun } from './run-folder.node.js';
import type { Trainee } from './trainee.js';

/** What a run starts with. */
export interface LoadedData<Config, Data> {
  readonly data: Data;
  /** A hash of the data: a run does not continue with others. */
  readonly hash: string;
  /** The configuration with what was found out about the data, where it did not say. */
  readonly config?: Config;
  /** What there is to know of how the weights come about; plain data, which stands in the weight file. */
  readonly origin?: Readonly<Record<string, unknown>>;
  /** Weights to start from instead of fresh ones. */
  readonly weights?: Weights;
  /** What there is to tell people of the data. */
  readonly notes?: readonly string[];
}

/** Something that can be trained in a folder of its own, with the place that its data come from. */
export interface RunTrainee<Config extends RunConfig, Data> extends Trainee<Config, Data> {
  /**
   * Reads or makes the data.
   * @param from a weight file to start from, where there is one
   * @throws UserError for data that are not there, or unusable
   */
  load(config: Config, from?: string): Promise<LoadedData<Config, Data>>;
  /** Whether the network depends on the data, so that it is built of the configuration that `load` completes. */
  readonly buildsFromData?: boolean;
  /**
   * Looks whether such runs can start from a weight file, before any data are read; left out by trainees that always
   * start anew.
   * @throws UserError for weights of another network
   */
  checkStart?(config: Config, from: string): Promise<unknown>;
  /** Where the data lie, for trainees whose data may move. */
  readonly place?: {
    /** The key of the configuration that says so: `data.file`. */
    readonly setting: string;
    /** The data and their place: `the trajectories in data`. */
    describe(config: Config): string;
    /** The configuration with the data elsewhere. */
    move(config: Config, data: string): Config;
  };
}

/** What a run is started with, in addition to its configuration. */
export interface RunStart extends RunOptions {
  /** The run's folder. */
  readonly folder: string;
  /** Threads; default one per core. */
  readonly workers?: number;
  /** Default cpu. */
  readonly device?: string;
  /** Of the program that trains, and its commit; for the provenance. */
  readonly version?: string;
  readonly commit?: string | null;
  /** Replace a run that is in the folder. */
  readonly force?: boolean;
  /** A weight file of the same network to start from. */
  readonly from?: string;
  /** Takes what there is to tell people of the data, before training begins. */
  readonly onNote?: (note: string) => void;
}

/** @throws UserError for weights of another network, and where runs always start anew */
export async function requireStart<Config extends RunConfig>(
  trainee: Pick<RunTrainee<Config, unknown>, 'command' | 'checkStart'>,
  config: Config,
  from: string | undefined,
): Promise<void> {
  if (from === undefined) return;
  if (!trainee.checkStart) throw new UserError(`a run of '${trainee.command}' starts from no weights`);
  await trainee.checkStart(config, from);
}

/**
 * Starts a training run in an empty folder, on worker threads.
 * @throws UserError, before anything is written, for what cannot be trained; and where another process trains there
 */
export async function startRun<Config extends RunConfig, Data>(
  trainee: RunTrainee<Config, Data>,
  given: Config,
  options: RunStart,
): Promise<TrainResult<Config>> {
  const { workers = availableParallelism(), device = 'cpu', version = '', commit = null } = options;
  const early = trainee.buildsFromData ? undefined : trainee.build(given);
  await requireStart(trainee, given, options.from);
  const { config = given, data, hash, origin, weights, notes = [] } = await trainee.load(given, options.from);
  for (const note of notes) options.onNote?.(note);
  const network = early ?? trainee.build(config);
  await openProbedRuntime(parseDevice(device));
  await prepareRunFolder(options.folder, options.force ?? false);
  const description = { config, dataHash: hash, workers, device, version, commit, ...(origin && { origin }) };
  return trainInFolder(new RunFolder(options.folder, network, description), network, data, options, { weights });
}

/**
 * Goes on with the run in a folder, with the workers that it was started with, to the numbers of an undisturbed one.
 * @param options `data` says where its data are now
 * @throws UserError where there is no such run, or its data are others
 */
export async function resumeRun<Config extends RunConfig, Data>(
  trainee: RunTrainee<Config, Data>,
  options: RunOptions & { readonly folder: string; readonly data?: string },
): Promise<TrainResult<Config>> {
  const { folder: path, data: moved } = options;
  const stored = await readRunDescription(trainee, path);
  await openProbedRuntime(parseDevice(stored.device));
  const there = moved === undefined ? undefined : trainee.place?.move(stored.config, moved);
  const given = there ?? stored.config;
  const network = trainee.build(given);
  const { config = given, data, hash } = await loadAgain(trainee, given, options);
  if (hash !== stored.dataHash) {
    const what = trainee.place?.describe(config) ?? 'the data';
    throw new UserError(`${what} are not those that the run in ${path} was started with`, {
      code: 'mismatch',
      file: path,
    });
  }
  const { folder, checkpoint } = await reopenRun(path, network, { ...stored, config });
  return trainInFolder(folder, network, data, options, { checkpoint });
}

/** The data of a run that continues, from where they were, or from where they are now. */
async function loadAgain<Config extends RunConfig, Data>(
  { load, place }: RunTrainee<Config, Data>,
  config: Config,
  { folder, data }: { readonly folder: string; readonly data?: string },
): Promise<LoadedData<Config, Data>> {
  return load(config).catch((error: unknown) => {
    if (!(error instanceof UserError) || !place) throw error;
    const where =
      data === undefined
        ? `the run in ${folder} was started there`
        : `the run in ${folder} was started with another set`;
    const remedy = { setting: place.setting, action: 'change' } as const;
    throw new UserError(`${error.problem}; ${where}`, { ...error.details, remedy, cause: error });
  });
}
