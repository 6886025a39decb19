import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { RunTrainee } from '../../training/start-run.node.js';
import type { Task } from '../../training/trainee.js';
import { type GeometrySet, geometryCount } from '../data/geometry-set.js';
import { readGeometries } from '../data/read-geometries.node.js';
import { readIndices } from '../data/read-indices.node.js';
import type { GeometrySplit } from '../data/split.js';
import { splitByIndices } from '../data/split-by-indices.js';
import { splitGeometries } from '../data/split-geometries.js';
import { decodeFitWeights } from '../network/fit-weights.js';
import type { FitConfig } from './config.js';
import type { FitSet } from './fit-set.js';
import { type FitRunConfig, type FitSets, findInData, networkConfigOf } from './found.js';
import { fitTask } from './task.js';

/** The geometries of a run, and which of them are for what. */
export interface FitGeometries {
  readonly all: GeometrySet;
  readonly split: GeometrySplit;
}

/**
 * Reads the geometries that a configuration names.
 * @throws UserError where it names none, and as {@link readGeometries} and the split do
 */
export async function readFitGeometries({ data }: Pick<FitConfig, 'data'>): Promise<FitGeometries> {
  if (data.files.length === 0)
    throw new UserError('there are no files to learn from', { remedy: { setting: 'data.files' } });
  const all = await readGeometries(data.files);
  return { all, split: await splitOf(data, all) };
}

async function splitOf({ indices, split }: FitConfig['data'], all: GeometrySet): Promise<GeometrySplit> {
  if (!indices) return splitGeometries(all, split);
  const [train, valid] = await Promise.all([readIndices(indices.train), readIndices(indices.valid)]);
  const test = indices.test === undefined ? undefined : await readIndices(indices.test);
  return splitByIndices(geometryCount(all), { train, valid, ...(test && { test }) });
}

/** The training runs that fit a user's quantities, on geometries that are read as is said. */
export const fitRunsOn = (
  read: (config: FitConfig) => Promise<FitGeometries>,
): Task<FitRunConfig, FitSets> & RunTrainee<FitRunConfig, FitSets> => ({
  ...fitTask,
  buildsFromData: true,
  async load(given, from) {
    const { all, split } = await read(given);
    const { config, sets, notes } = findInData(given, all, split);
    const loaded = { config, data: sets, hash: hashSets(sets), notes };
    return from === undefined ? loaded : { ...loaded, ...(await startingWeights(config, from)) };
  },
  /** Of what else they are, the data have to say. */
  checkStart: async (_config, from) => readFitWeights(from),
  place: {
    setting: 'data.files',
    describe: ({ data }) => `the geometries in ${data.files.join(', ')}`,
    move: (config, file) => ({ ...config, data: { ...config.data, files: [file] } }),
  },
});

/** The training runs that fit a user's quantities, on files of geometries. */
export const fitRuns = fitRunsOn(readFitGeometries);

const readFitWeights = async (file: string) => decodeFitWeights(await readSafetensors(file), file);

/** A hash of everything that a run learns from and is measured on. */
export function hashSets(sets: FitSets): string {
  const of = (set: FitSet | undefined): string => {
    if (!set) return 'none';
    const hash = createHash('sha256');
    const rows = [...Object.entries(set.inputs), ...Object.entries(set.targets)];
    for (const array of [set.sizes, set.species, set.positions, ...rows.map(([, { data }]) => data)])
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return hash.digest('hex').slice(0, 16);
  };
  return [sets.train, sets.valid, sets.test].map(of).join('-');
}

/** Weights to start from. @throws UserError for those of a network with other parameters */
async function startingWeights(config: FitRunConfig, file: string) {
  const { model, weights, provenance } = await readFitWeights(file);
  const wanted = networkConfigOf(config);
  const own = fitTask.build(config).parameters;
  const isSame =
    own.length === model.parameters.length &&
    own.every(
      ({ name, shape }, k) => name === model.parameters[k].name && `${shape}` === `${model.parameters[k].shape}`,
    );
  if (!isSame || model.config.species.join() !== wanted.species.join()) {
    const kind = ({ species, targets }: typeof wanted): string =>
      `${species.join(', ')} with ${targets.map(({ name }) => name).join(', ')}`;
    throw new UserError(
      `${file} holds a network for ${kind(model.config)}, and this run trains another one, for ${kind(wanted)}`,
      { code: 'mismatch', file },
    );
  }
  const { dataHash, training } = provenance;
  return { weights, origin: { from: { file: basename(file), dataHash, training } } };
}
