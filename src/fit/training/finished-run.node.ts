import { UserError } from '../../common/errors.js';
import { readSafetensors } from '../../files/safetensors-file.node.js';
import type { Weights } from '../../nn/index.js';
import { type FinishedRun, readFinishedRun } from '../../training/finished-run.node.js';
import type { GeometrySet } from '../data/geometry-set.js';
import { selectGeometries } from '../data/select-geometries.js';
import type { Part } from '../data/split.js';
import type { FitNetwork } from '../network/fit-network.js';
import { decodeFitWeights } from '../network/fit-weights.js';
import { type FitGeometries, hashSets, readFitGeometries } from './fit-runs.node.js';
import { type FitRunConfig, findInData } from './found.js';
import { fitTask } from './task.js';

/** A training run that got as far as to have weights. */
export interface FinishedFitRun extends FinishedRun<FitRunConfig> {
  readonly network: FitNetwork;
  /** Those of the best validation error. */
  readonly weights: Weights;
}

/**
 * Reads what `clofnet fit train` left in a folder.
 * @throws UserError if the folder is not there, holds no run, or the run has no weights yet
 */
export async function readFinishedFitRun(folder: string): Promise<FinishedFitRun> {
  const run = await readFinishedRun(fitTask, folder);
  const { model, weights } = decodeFitWeights(await readSafetensors(run.weightFile), run.weightFile);
  return { ...run, network: model, weights };
}

/**
 * Finds the geometries of a run again, split as it was.
 * @param files where they are now; default where they were
 * @throws UserError where they cannot be read, or are others than the run was trained on
 */
export async function geometriesOfRun(
  { folder, description }: Pick<FinishedFitRun, 'folder' | 'description'>,
  files?: readonly string[],
): Promise<FitGeometries> {
  const { config, dataHash } = description;
  const { data } = config;
  const given = { ...config, data: { ...data, files: files ? [...files] : data.files } };
  const found = await readFitGeometries(given).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const where = files === undefined ? 'was trained there' : 'was trained on another set';
    throw new UserError(`${error.message}; the run in ${folder} ${where}`, { code: error.code, cause: error });
  });
  const { sets } = findInData({ ...given, found: undefined }, found.all, found.split);
  if (hashSets(sets) === dataHash) return found;
  throw new UserError(`${given.data.files.join(', ')}: these are not the geometries of the run in ${folder}`, {
    code: 'mismatch',
    file: folder,
  });
}

/** The geometries of a part. @throws UserError where there are none */
export function partOfRun({ all, split }: FitGeometries, part: Part, folder: string): GeometrySet {
  if (split[part].length > 0) return selectGeometries(all, split[part]);
  throw new UserError(`the run in ${folder} has no geometries for its ${part} part`, {
    file: folder,
    remedy: { setting: 'split', action: 'change' },
  });
}
