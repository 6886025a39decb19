import { UserError } from '../../common/errors.js';
import { type BodyTrajectories, isSameSpacing } from '../data/body-trajectory.js';
import { requireVisibleEdges } from '../data/edges.js';
import { requireLaterTarget } from '../data/snapshots.js';
import { splitTrajectories } from '../data/split-trajectories.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { type Windows, windowsOf, windowsOfTrajectories } from '../data/windows.js';
import { timeSpan } from '../evaluation/baselines.js';
import type { FieldName } from '../networks/system.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { Fields } from '../system/field-vectors.js';
import { requireFollowingFields } from './augmentation.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';
import { modelConfigOf } from './model-choice.js';

/** The vectors of the fields that the network gets as inputs. */
export function fieldsOf({ model, data }: Pick<NewtonConfig, 'model' | 'data'>): Fields {
  return Object.fromEntries(model.fields.map((name: FieldName) => [name, data[name]]));
}

/**
 * What is learned from, and what it is measured on: that is always the one window from input to target.
 * @throws UserError for what the sets do not have, and for motions that fields do not allow
 */
export function examplesOf(
  { model, data }: Pick<NewtonConfig, 'model' | 'data'>,
  sets: PerSplit<TrajectorySet>,
): PerSplit<Windows> {
  const { input, target, train, windows, steps, span = target - input } = data;
  requireLaterTarget(data);
  requireTimeSpan({ model, data });
  requireFollowingFields({ model, data });
  const [further] = [...model.scalars, ...model.vectors];
  if (further !== undefined) {
    throw new UserError(
      `the network asks for ${further}, but .npy files hold positions, velocities and charges alone`,
      {
        code: 'mismatch',
        remedy: { setting: model.scalars.includes(further) ? 'model.scalars' : 'model.vectors', action: 'omit' },
      },
    );
  }
  if (train > sets.train.trajectories) {
    const { trajectories } = sets.train;
    throw new UserError(`asks for ${train} training trajectories, the set has ${trajectories}`, {
      about: 'data.train',
      remedy: { setting: 'data.train', value: trajectories },
    });
  }
  requireVisibleEdges(data.name ?? '', model.edges);
  const edges = model.edges === 'given';
  return {
    train: windowsOf(sets.train, { input, target: input + span, windows, steps, count: train, edges }),
    valid: windowsOf(sets.valid, { input, target, edges }),
    test: windowsOf(sets.test, { input, target, edges }),
  };
}

/** @throws UserError where the network covers a time, and another one lies between the snapshots or nobody knows which */
function requireTimeSpan({ model, data }: Pick<NewtonConfig, 'model' | 'data'>): void {
  const config = modelConfigOf({ model });
  const { input, target, spacing } = data;
  if (!('timeSpan' in config)) return;
  if (spacing === null) {
    throw new UserError(
      `${data.directory} does not say the time between snapshots, which ${config.model} has to know`,
      {
        remedy: { setting: 'data.spacing' },
      },
    );
  }
  const [own = 1, wanted] = [config.timeSpan, timeSpan({ input, target, spacing })];
  if (Math.abs(own - wanted) <= 1e-6 * wanted) return;
  throw new UserError(`is ${own}, but snapshot ${data.target} lies ${wanted} after snapshot ${data.input}`, {
    about: 'model.timeSpan',
    remedy: { setting: 'model.timeSpan', value: wanted },
  });
}

/**
 * The same from trajectories of any sizes and lengths, and the configuration with what was found out about them.
 * @throws UserError as {@link examplesOf}
 */
export function trajectoryExamples(
  given: NewtonConfig,
  { all, named, spacing, charges }: BodyTrajectories,
): { readonly config: NewtonConfig; readonly windows: PerSplit<Windows> } {
  const { input, target, train, windows, steps, span = target - input } = given.data;
  requireLaterTarget(given.data);
  requireFollowingFields(given);
  if (named) refuseSplit(given);
  const splits = named ?? splitTrajectories(all, given.data.split);
  const kept = splits.train.slice(0, train);
  const stated = given.data.spacing ?? undefined;
  if (stated !== undefined && spacing !== undefined && !isSameSpacing(stated, spacing))
    throw new UserError(`is ${stated}, but the files say ${spacing}`, { about: 'data.spacing', code: 'mismatch' });
  if (given.data.charges !== undefined && given.data.charges !== charges)
    throw new UserError(`is ${given.data.charges}, but the files say ${charges}`, {
      about: 'data.charges',
      code: 'mismatch',
    });
  const data = { ...given.data, train: kept.length, spacing: spacing ?? stated ?? null, charges };
  const config = { ...given, data };
  requireTimeSpan(config);
  return {
    config,
    windows: {
      train: windowsOfTrajectories(kept, { input, target: input + span, windows, steps }),
      valid: windowsOfTrajectories(splits.valid, { input, target }),
      test: windowsOfTrajectories(splits.test, { input, target }),
    },
  };
}

/** @throws UserError where files are split by their names, and the configuration says how to split them */
function refuseSplit({ data }: NewtonConfig): void {
  const { split: usual } = newtonConfigSchema.parse({}).data;
  if (JSON.stringify(data.split) === JSON.stringify(usual)) return;
  throw new UserError(
    `is for files that are not split yet; those in ${data.directory} are named train, valid and test`,
    {
      about: 'data.split',
      remedy: { setting: 'data.split', action: 'omit' },
    },
  );
}

/** How trajectories of one's own were grouped and split for a network, by the provenance of its weights. */
export function splitSettings({
  data,
}: Readonly<Record<string, unknown>>): Pick<NewtonConfig['data'], 'groupBy' | 'split'> {
  const { groupBy, split } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const { success, data: config } = newtonConfigSchema.safeParse({ data: { groupBy, split } });
  return (success ? config : newtonConfigSchema.parse({})).data;
}
