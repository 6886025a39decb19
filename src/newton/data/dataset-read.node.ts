import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { editDistance } from '../../common/nearest.js';
import { errorCode, readError } from '../../files/file-errors.node.js';
import { readNpyFile } from '../../files/npy-file.node.js';
import { type PerSplit, SPLITS, type Split } from '../simulation/protocol.js';
import { datasetPath, descriptionPath, parseDatasetFile, type Quantity } from './dataset-names.node.js';
import { parseDescription, type SetDescription } from './set-description.js';
import type { TrajectorySet } from './trajectory-set.js';

/** A data set that was found in a folder. */
export interface FoundDataset {
  readonly name: string;
  readonly splits: readonly Split[];
}

/**
 * The data sets in a folder, by their `loc_…` files.
 *
 * @throws UserError where the folder cannot be read
 */
export async function findDatasets(directory: string): Promise<FoundDataset[]> {
  const files = await readdir(directory).catch((error: unknown) => {
    const code = errorCode(error);
    if (code === 'ENOENT') throw new UserError(`cannot read ${directory}: no such folder`);
    if (code === 'ENOTDIR') throw new UserError(`cannot read ${directory}: it is a file, not a folder`);
    throw readError(error, directory);
  });
  const found = files.map(parseDatasetFile).filter((file) => file !== undefined);
  const names = [...new Set(found.map(({ name }) => name))].sort();
  return names.map((name) => ({
    name,
    splits: SPLITS.filter((split) => found.some((file) => file.name === name && file.split === split)),
  }));
}

/**
 * The name of the only data set in a folder.
 *
 * @throws UserError where there is none or more than one
 */
export async function onlyDataset(directory: string): Promise<string> {
  const found = await findDatasets(directory);
  const [first] = found;
  if (first === undefined) {
    throw new UserError(`no data set in ${directory}: no file is named loc_train_NAME.npy, loc_valid_… or loc_test_…`);
  }
  if (found.length > 1) {
    const names = found.map(({ name }) => name).join(', ');
    throw new UserError(`${found.length} data sets in ${directory}, name one: ${names}`);
  }
  return first.name;
}

/**
 * Checks that a folder has a split of a set.
 *
 * @throws UserError that names what is there instead
 */
async function requireSplit(directory: string, name: string, split: Split): Promise<void> {
  const found = await findDatasets(directory);
  const set = found.find((candidate) => candidate.name === name);
  if (set?.splits.includes(split)) return;
  const file = basename(datasetPath(directory, 'loc', split, name));
  if (set) {
    const others = set.splits.join(' and ');
    throw new UserError(`the set ${name} in ${directory} has no ${split} split, only ${others}: there is no ${file}`);
  }
  const names = found.map((candidate) => candidate.name);
  if (names.length === 0) throw new UserError(`there is no set ${name} in ${directory}, nor any other: no ${file}`);
  const distance = (other: string): number => editDistance(name.toLowerCase(), other.toLowerCase());
  names.sort((a, b) => distance(a) - distance(b));
  throw new UserError(`there is no set ${name} in ${directory}; it has ${names.join(', ')}`);
}

/**
 * What a set says of itself: undefined for sets without a description, such as the published ones.
 * @throws UserError where it cannot be read, or says what it may not
 */
export async function readDescription(directory: string, name: string): Promise<SetDescription | undefined> {
  const path = descriptionPath(directory, name);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw readError(error, path);
  });
  return text === undefined ? undefined : parseDescription(text, path);
}

/** Reads all three splits; see {@link readSplit}. */
export async function readDataset(directory: string, name: string): Promise<PerSplit<TrajectorySet>> {
  return {
    train: await readSplit(directory, name, 'train'),
    valid: await readSplit(directory, name, 'valid'),
    test: await readSplit(directory, name, 'test'),
  };
}

/**
 * Reads one split in the published layout: `loc` and `vel` [trajectory, snapshot, 3, n], `edges` [trajectory, n, n],
 * `charges` [trajectory, n, 1]; any dtype of `decodeNpy`.
 *
 * @throws UserError where the set has no such split, a file is missing or damaged, has another shape than the rest asks for, or holds NaN,
 * infinity or what float32 cannot hold (with file, trajectory and snapshot)
 */
export async function readSplit(directory: string, name: string, split: Split): Promise<TrajectorySet> {
  await requireSplit(directory, name, split);
  const path = (quantity: Quantity) => datasetPath(directory, quantity, split, name);
  const loc = await readNumbers(path('loc'));
  const [trajectories, snapshots, axes, bodies] = loc.shape;
  if (loc.shape.length !== 4 || axes !== 3 || loc.data.length === 0) {
    const none = ['trajectories', 'snapshots', 'axes', 'bodies'].find((_, axis) => loc.shape[axis] === 0);
    if (none) throw new UserError(`${path('loc')} holds no ${none}: its shape is (${loc.shape.join(', ')})`);
    throw new UserError(
      `${path('loc')} has shape (${loc.shape.join(', ')}); needed is (trajectories, snapshots, 3, bodies)`,
    );
  }
  const read = async (quantity: Quantity, shape: readonly number[]): Promise<Float64Array> => {
    const array = await readNumbers(path(quantity));
    checkShape(path(quantity), array.shape, shape, path('loc'));
    checkFinite(path(quantity), array);
    return array.data;
  };
  checkFinite(path('loc'), loc);
  const vel = await read('vel', loc.shape);
  const edges = await read('edges', [trajectories, bodies, bodies]);
  const charges = await read('charges', [trajectories, bodies, 1]);
  return { trajectories, snapshots, bodies, loc: loc.data, vel, edges, charges };
}

interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

async function readNumbers(path: string): Promise<Numbers> {
  const { shape, data } = await readNpyFile(path);
  if (data instanceof Float64Array) return { shape, data };
  return { shape, data: Float64Array.from(data, Number) };
}

function checkShape(path: string, found: readonly number[], needed: readonly number[], model: string): void {
  if (found.length === needed.length && found.every((size, axis) => size === needed[axis])) return;
  throw new UserError(`${path} has shape (${found.join(', ')}); beside ${model} it must be (${needed.join(', ')})`, {
    file: path,
  });
}

function checkFinite(path: string, { shape, data }: Numbers): void {
  const bad = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad < 0) return;
  const perTrajectory = data.length / shape[0];
  const trajectory = Math.floor(bad / perTrajectory);
  const snapshot =
    shape.length === 4 ? `, snapshot ${Math.floor((bad % perTrajectory) / (perTrajectory / shape[1]))}` : '';
  const large = Number.isFinite(data[bad]) ? ', more than float32 can hold,' : '';
  throw new UserError(`${path} holds ${data[bad]}${large} in trajectory ${trajectory}${snapshot} (counted from 0)`, {
    file: path,
  });
}
