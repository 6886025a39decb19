import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import type { Parameter } from '../../nn/index.js';
import type { LoadedData, RunTrainee } from '../../training/start-run.node.js';
import type { Task } from '../../training/trainee.js';
import { datasetHash, windowsHash } from '../data/dataset-hash.node.js';
import { onlyDataset, readDataset, readDescription } from '../data/dataset-read.node.js';
import type { SetDescription } from '../data/set-description.js';
import { findTrajectoryFiles, readTrajectories, type TrajectoryFiles } from '../data/trajectory-files.node.js';
import type { Windows } from '../data/windows.js';
import { readModelFile } from '../networks/read-model-file.node.js';
import { createModel } from '../networks/registry.js';
import { type PerSplit, SPLITS } from '../simulation/protocol.js';
import { kindNamed } from '../system/kinds.js';
import { PUBLISHED_SPACING } from '../system/system.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';
import { examplesOf, trajectoryExamples } from './experiment-data.js';
import { modelConfigOf } from './model-choice.js';
import { newtonTask } from './task.js';

type Loaded = LoadedData<NewtonConfig, PerSplit<Windows>>;

/** The training runs of many-body networks, on trajectories in `.npy` files or in extended XYZ. */
export const newtonRuns: Task<NewtonConfig, PerSplit<Windows>> & RunTrainee<NewtonConfig, PerSplit<Windows>> = {
  ...newtonTask,
  async load(given: NewtonConfig, from?: string) {
    const files = await findTrajectoryFiles(given.data.directory);
    const loaded = files ? await loadTrajectories(given, files) : await loadDataset(given);
    return { ...loaded, ...(from !== undefined && (await startingWeights(loaded.config ?? given, from))) };
  },
  checkStart: startingWeights,
  place: {
    setting: 'data.directory',
    describe: ({ data }) => `the trajectories in ${data.directory}`,
    move: (config, directory) => ({ ...config, data: { ...config.data, directory } }),
  },
};

async function loadDataset(given: NewtonConfig): Promise<Loaded> {
  // With the name of the set, so that the run does not depend on what else the folder holds.
  const { directory, name = await onlyDataset(directory) } = given.data;
  refuseBesideArrays(given);
  const description = await readDescription(directory, name);
  requireFieldsThere(given, name, description);
  const spacing = agreedSpacing(given.data.spacing ?? undefined, description);
  const config = { ...given, data: { ...given.data, name, spacing } };
  const sets = await readDataset(directory, name);
  const hash = [sets.train, sets.valid, sets.test].map((set) => datasetHash(set).slice(0, 16)).join('-');
  // In full: the configurations of runs of earlier versions lack keys.
  return { config, data: examplesOf(newtonConfigSchema.parse(config), sets), hash };
}

/** @throws UserError where the network is to be given a field that, as the set says of itself, acts on none of its systems */
function requireFieldsThere({ model }: NewtonConfig, name: string, description: SetDescription | undefined): void {
  const kind = description?.simulation?.kind;
  if (kind === undefined) return;
  const absent = model.fields.find((field) => !(field in kindNamed(kind).fields));
  if (absent === undefined) return;
  throw new UserError(`lists ${absent}, which acts on no system of ${name}: it was simulated as ${kind}`, {
    about: 'model.fields',
    code: 'mismatch',
    remedy: { setting: 'model.fields', action: 'omit' },
  });
}

/** What only trajectories in extended XYZ are told. */
const OF_OWN_FILES = ['groupBy', 'split', 'charges'] as const;

/** @throws UserError for what sets of `.npy` files are not told */
function refuseBesideArrays({ data }: NewtonConfig): void {
  const { data: usual } = newtonConfigSchema.parse({});
  const set = OF_OWN_FILES.find((key) => JSON.stringify(data[key] ?? usual[key]) !== JSON.stringify(usual[key]));
  if (set === undefined) return;
  throw new UserError(`is for trajectories in extended XYZ; ${data.directory} holds .npy files`, {
    about: `data.${set}`,
    remedy: { setting: `data.${set}`, action: 'omit' },
  });
}

async function loadTrajectories(given: NewtonConfig, files: TrajectoryFiles): Promise<Loaded> {
  const { data, model } = given;
  if (data.name !== undefined)
    throw new UserError(`is for sets of .npy files; ${files.path} holds trajectories in another format`, {
      about: 'data.name',
      remedy: { setting: 'data.name', action: 'omit' },
    });
  const { scalars, vectors, edges } = model;
  const read = await readTrajectories(files, {
    groupBy: data.groupBy,
    columns: { scalars, vectors },
    edges: edges === 'given',
  });
  const { config, windows } = trajectoryExamples(given, read);
  return { config, data: windows, hash: SPLITS.map((split) => windowsHash(windows[split])).join('-') };
}

/** The time between snapshots, where it is not the published one that nobody states. */
function agreedSpacing(given: number | undefined, description: SetDescription | undefined): number | undefined {
  const said = description?.spacing;
  if (given !== undefined && said !== undefined && given !== said) {
    throw new UserError(`is ${given}, but the snapshots of the set are ${said} apart`, {
      about: 'data.spacing',
      remedy: { setting: 'data.spacing', action: 'omit' },
    });
  }
  return given ?? (said === PUBLISHED_SPACING ? undefined : said);
}

/**
 * Weights to start from, and what the run's own weights say of them.
 * @throws UserError for those of a network with other options
 */
async function startingWeights(config: NewtonConfig, file: string): Promise<Pick<Loaded, 'weights' | 'origin'>> {
  const { config: described, weights, provenance } = await readModelFile(file);
  const wanted = modelConfigOf(config);
  const { parameters } = createModel(wanted);
  if (described.model !== wanted.model || !sameParameters(parameters, createModel(described).parameters)) {
    const has =
      described.model === wanted.model ? `${wanted.model} with other options than this run's` : described.model;
    throw new UserError(`${file} holds ${has}, and this run trains ${wanted.model}`, { code: 'mismatch', file });
  }
  const { dataHash, training } = provenance;
  return { weights, origin: { from: { file: basename(file), dataHash, training } } };
}

const sameParameters = (one: readonly Parameter[], other: readonly Parameter[]): boolean =>
  one.length === other.length &&
  one.every(({ name, shape }, k) => name === other[k].name && shape.join() === other[k].shape.join());
