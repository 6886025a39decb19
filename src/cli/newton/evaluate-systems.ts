import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import type { BodyTrajectories, BodyTrajectory } from '../../newton/data/body-trajectory.js';
import { windowsHash } from '../../newton/data/dataset-hash.node.js';
import { onlyDataset, readDescription, readSplit } from '../../newton/data/dataset-read.node.js';
import { type SetDescription, spacingOf } from '../../newton/data/set-description.js';
import { snapshotPairs } from '../../newton/data/snapshots.js';
import { splitTrajectories } from '../../newton/data/split-trajectories.js';
import { findTrajectoryFiles, readTrajectories } from '../../newton/data/trajectory-files.node.js';
import type { TrajectorySet } from '../../newton/data/trajectory-set.js';
import { type SystemsWithTargets, systemsOfWindows, windowsOfTrajectories } from '../../newton/data/windows.js';
import { systemsOf } from '../../newton/evaluation/evaluate.js';
import { type TrainedOn, trainedOn } from '../../newton/evaluation/trained-on.js';
import type { LoadedModel } from '../../newton/networks/read-model-file.node.js';
import type { NewtonConfig } from '../../newton/training/config.js';
import { splitSettings } from '../../newton/training/experiment-data.js';
import type { Args } from '../command.js';
import type { evaluateSpec } from './evaluate-spec.js';

/** The options that say what a network is measured on. */
type DataArgs = Pick<Args<typeof evaluateSpec>, 'data' | 'name' | 'split' | 'limit' | 'spacing'>;

interface Choice {
  readonly input: number;
  readonly target: number;
}

/** What a network is measured on. */
interface Measured {
  readonly set: string;
  readonly split: string;
  readonly known: SystemsWithTargets;
  /** The time between snapshots, where that is not the published one. */
  readonly spacing?: number;
  /** Where they come from, if that is a set of `.npy` files. */
  readonly source?: { readonly set: TrajectorySet; readonly description?: SetDescription };
}

/** Reads a part of a set of `.npy` files, or of trajectories in another format. */
export async function measuredSystems(loaded: LoadedModel, args: DataArgs, choice: Choice): Promise<Measured> {
  const { data, name, split, limit, spacing } = args;
  const files = await findTrajectoryFiles(data);
  if (!files) {
    const set = name ?? (await onlyDataset(data));
    if (split === 'all') throw new UserError('--split all is for files in extended XYZ; .npy files have three splits');
    if (spacing !== undefined) throw new UserError('--spacing is for files in extended XYZ; remove it');
    const source = { set: await readSplit(data, set, split ?? 'test'), description: await readDescription(data, set) };
    const pairs = snapshotPairs(source.set, { ...choice, count: limit });
    return {
      set,
      split: split ?? 'test',
      known: { systems: systemsOf(pairs), targets: pairs.targets },
      spacing: spacingOf(set, source.description, trainedOn(loaded.provenance).spacing),
      source,
    };
  }
  if (name !== undefined) throw new UserError(`--name is for folders of .npy files; remove it for ${data}`);
  const { model, provenance, config } = loaded;
  const columns = model.columns ?? { scalars: [], vectors: [] };
  const { groupBy } = splitSettings(provenance);
  const read = await readTrajectories(files, { groupBy, columns, edges: config.edges === 'given' });
  const training = trainedOn(provenance);
  requireSameCharges(data, read, training);
  const { dataHash } = provenance;
  const trained = { split: splitSettings(provenance).split, hash: typeof dataHash === 'string' ? dataHash : '' };
  const part = partOf(read, trained, split, choice);
  if (limit !== undefined && limit > part.trajectories.length)
    throw new UserError(`${limit} trajectories were requested, but there are ${part.trajectories.length}`);
  return {
    set: basename(data),
    split: part.split,
    known: systemsOfWindows(windowsOfTrajectories(part.trajectories.slice(0, limit), choice)),
    spacing: requireSpacing(data, spacing ?? read.spacing ?? training.spacing),
  };
}

function requireSpacing(path: string, spacing: number | undefined): number {
  if (spacing !== undefined) return spacing;
  throw new UserError(
    `${path} does not say the time between snapshots; give --spacing, or time=… in its comment lines`,
  );
}

/** @throws UserError where the network was trained with charges and there are none here, or the other way round */
function requireSameCharges(path: string, { charges }: BodyTrajectories, training: TrainedOn): void {
  const [here, there] = [charges, training.charges ?? true].map((has) => (has ? 'with' : 'without'));
  if (here === there) return;
  throw new UserError(`${path} holds bodies ${here} charges, the network was trained on bodies ${there}`, {
    code: 'mismatch',
  });
}

/** The requested part; unless told otherwise the test of the network's training or by the files' names, or else all. */
export function partOf(
  { all, named }: BodyTrajectories,
  trained: { readonly split: NewtonConfig['data']['split']; readonly hash: string },
  requested: DataArgs['split'],
  choice: Choice,
): { readonly split: string; readonly trajectories: readonly BodyTrajectory[] } {
  if (requested === 'all') return { split: 'all', trajectories: all };
  const canSplit = named !== undefined || requested !== undefined || all.length > 2;
  if (!canSplit) return { split: 'all', trajectories: all };
  const splits = named ?? splitTrajectories(all, trained.split);
  const hash = windowsHash(windowsOfTrajectories(splits.test, choice));
  const isTrainedBeside = trained.hash.endsWith(hash);
  if (requested === undefined && !named && !isTrainedBeside) return { split: 'all', trajectories: all };
  return { split: requested ?? 'test', trajectories: splits[requested ?? 'test'] };
}
