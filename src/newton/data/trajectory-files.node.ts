import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { errorCode, readError } from '../../files/file-errors.node.js';
import { formatByName } from '../../files/file-format.js';
import { openFormat } from '../../files/open-format.node.js';
import { splitOfFile } from '../../files/split-of-file.js';
import { columnInputs } from '../networks/system.js';
import { type PerSplit, SPLITS, type Split } from '../simulation/protocol.js';
import {
  type BodyTrajectories,
  type BodyTrajectory,
  isSameSpacing,
  type TrajectoryOptions,
  trajectoriesOf,
} from './body-trajectory.js';
import { parseDatasetFile } from './dataset-names.node.js';
import { systemFormats } from './system-formats.js';
import { LARGEST } from './xyz-systems.js';

/** Files of trajectories in a format of systems. */
export interface TrajectoryFiles {
  /** The file, or the folder of the files. */
  readonly path: string;
  /** In the order of their names. */
  readonly files: readonly string[];
}

/**
 * The files of trajectories at a path: a file in a format of systems, or all that are in a folder.
 * @returns undefined where there are none; and for a folder with a set in the published layout, which is taken then
 * @throws UserError where there is nothing, or it cannot be read
 */
export async function findTrajectoryFiles(path: string): Promise<TrajectoryFiles | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return formatByName(systemFormats, path) && { path, files: [path] };
    const names = (await readdir(path)).sort();
    if (names.some(parseDatasetFile)) return undefined;
    const files = names.filter((name) => formatByName(systemFormats, name)).map((name) => join(path, name));
    return files.length > 0 ? { path, files } : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && !formatByName(systemFormats, path)) return undefined;
    throw readError(error, path);
  }
}

/**
 * Reads trajectories; in splits, where the names of the files begin with `train`, `valid` and `test`.
 * @throws UserError for what is unreadable or missing, with its place, and for files that do not go together
 */
export async function readTrajectories(
  { path, files }: TrajectoryFiles,
  options: TrajectoryOptions,
): Promise<BodyTrajectories> {
  const byFile = await Promise.all(files.map((file) => readFile(file, options)));
  const all = byFile.flat();
  const splits = files.length > 1 ? files.map(splitOfFile) : [];
  const named = splits.some((name) => name !== undefined) && splitByName({ path, files }, splits, byFile);
  return { all, ...(named && { named }), spacing: commonSpacing(all), charges: haveCharges(all) };
}

function splitByName(
  { path, files }: TrajectoryFiles,
  named: readonly (Split | undefined)[],
  byFile: readonly (readonly BodyTrajectory[])[],
): PerSplit<readonly BodyTrajectory[]> {
  const other = named.indexOf(undefined);
  if (other >= 0)
    throw new UserError(`${files[other]} begins with none of train, valid and test, as other files there do`);
  const missing = SPLITS.find((split) => !named.includes(split));
  if (missing) throw new UserError(`${path}: no file is named ${missing}.xyz, others are named by their splits`);
  const of = (split: Split): BodyTrajectory[] => byFile.flatMap((list, k) => (named[k] === split ? list : []));
  return { train: of('train'), valid: of('valid'), test: of('test') };
}

async function readFile(path: string, options: TrajectoryOptions): Promise<BodyTrajectory[]> {
  const choice = { all: systemFormats, fit: systemFormats, need: 'systems', otherwise: systemFormats[0] };
  const { format, source, bytes } = await openFormat(path, choice);
  const { read } = await format.load();
  const edges = options.edges ? ['edges'] : [];
  const required = ['velocities', ...edges, ...columnInputs(options.columns).map(({ name }) => name)];
  return trajectoriesOf(await read(bytes, source, { required, largest: LARGEST }), source, options);
}

/** @throws UserError where trajectories differ in it, or only some say it; one snapshot says nothing */
function commonSpacing(trajectories: readonly BodyTrajectory[]): number | undefined {
  const known = trajectories.filter(({ spacing }) => spacing !== undefined);
  const [first, ...others] = known;
  if (first?.spacing === undefined) return undefined;
  const { spacing, name } = first;
  const silent = trajectories.find((one) => one.spacing === undefined && one.snapshots > 1);
  if (silent) {
    throw new UserError(
      `${silent.name} has no time=… in its comment lines, ${name} has: give times to all trajectories, or to none`,
    );
  }
  const other = others.find((one) => one.spacing !== undefined && !isSameSpacing(one.spacing, spacing));
  if (!other) return spacing;
  const differing = `snapshots are ${spacing} apart in ${name}, and ${other.spacing} in ${other.name}`;
  throw new UserError(`${differing}: a network learns to predict so many snapshots ahead, of one length`);
}

/** @throws UserError where only some have them */
function haveCharges(trajectories: readonly BodyTrajectory[]): boolean {
  const [without, having] = [false, true].map((has) => trajectories.find(({ charges }) => Boolean(charges) === has));
  if (without && having) throw new UserError(`${without.name} has no charges, ${having.name} has`);
  return having !== undefined;
}
