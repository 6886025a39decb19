import { rm } from 'node:fs/promises';
import { type StagedFile, stageFile } from '../../files/atomic.node.js';
import { writeError } from '../../files/file-errors.node.js';
import { npyChunks } from '../../files/npy.js';
import { type PerSplit, SPLITS } from '../simulation/protocol.js';
import { datasetPath, descriptionPath, QUANTITIES, type Quantity } from './dataset-names.node.js';
import { formatDescription, type SetDescription } from './set-description.js';
import type { TrajectorySet } from './trajectory-set.js';

interface Part {
  readonly quantity: Quantity;
  readonly path: string;
  readonly set: TrajectorySet;
}

/**
 * Writes a data set in the published `.npy` layout, 12 files, and gives their names. Empty splits have no files. What
 * the set is goes into one more file, where it is told.
 *
 * Never is there half a file, nor a mixture of an old set and a new one: all files are first written under temporary
 * names; then the old `loc_…` files go, without which a split cannot be read; then the new files take their names, the
 * `loc_…` ones last. A failure before that leaves the old set as it was.
 *
 * @throws UserError where the folder cannot be written or is full
 */
export async function writeDataset(
  directory: string,
  name: string,
  sets: PerSplit<TrajectorySet>,
  description?: SetDescription,
): Promise<string[]> {
  const parts = QUANTITIES.flatMap((quantity) =>
    SPLITS.filter((split) => sets[split].trajectories > 0).map((split): Part => {
      return { quantity, path: datasetPath(directory, quantity, split, name), set: sets[split] };
    }),
  );
  const described = description ? [descriptionPath(directory, name)] : [];
  const staged: StagedFile[] = [];
  try {
    if (description) staged.push(await stageFile(described[0], formatDescription(description)));
    for (const part of parts) staged.push(await stageFile(part.path, npyChunks(arrayOf(part))));
    await removeOld(directory, name);
    for (const file of staged) await file.commit();
  } finally {
    for (const file of staged) await file.discard();
  }
  return [...described, ...parts.map(({ path }) => path)];
}

function arrayOf({ quantity, set }: Part): { shape: number[]; data: Float64Array } {
  const { trajectories, snapshots, bodies } = set;
  const shapes: Record<Quantity, number[]> = {
    loc: [trajectories, snapshots, 3, bodies],
    vel: [trajectories, snapshots, 3, bodies],
    edges: [trajectories, bodies, bodies],
    charges: [trajectories, bodies, 1],
  };
  return { shape: shapes[quantity], data: set[quantity] };
}

async function removeOld(directory: string, name: string): Promise<void> {
  await removeFile(descriptionPath(directory, name));
  for (const split of SPLITS) await removeFile(datasetPath(directory, 'loc', split, name));
}

async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw writeError(error, path);
  }
}
