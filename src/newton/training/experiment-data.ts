import { UserError } from '../../common/errors.js';
import { type BodyTrajectories, isSameSpacing } from '../data/body-trajectory.js';
import { requireLaterTarget } from '../data/snapshots.js';
import { splitTrajectories } from '../data/split-trajectories.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { type Windows, windowsOf, windowsOfTrajectories } from '../data/windows.js';
import type { FieldName } from '../networks/system.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { Fields } from '../system/field-vectors.js';
import { requireFollowingFields } from './augmentation.js';
import { type NewtonConfig, newtonConfigSchema } from './config.js';

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
  const { input, target, train, windows } = data;
  requireLaterTarget(data);
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
  return {
    train: windowsOf(sets.train, { input, target, windows, count: train }),
    valid: windowsOf(sets.valid, { input, target }),
    test: windowsOf(sets.test, { input, target }),
  };
}

/**
 * The same from trajectories of any sizes and lengths, and the configuration with what was found out about them.
 * @throws UserError as {@link examplesOf}
 */
export function trajectoryExamples(
  config: NewtonConfig,
  { all, named, spacing, charges }: BodyTrajectories,
): { readonly config: NewtonConfig; readonly windows: PerSplit<Windows> } {
  const { input, target, train, windows } = config.data;
  requireLaterTarget(config.data);
  requireFollowingFields(config);
  const splits = named ?? splitTrajectories(all, config.data.split);
  const kept = splits.train.slice(0, train);
  const stated = config.data.spacing ?? undefined;
  if (stated !== undefined && spacing !== undefined && !isSameSpacing(stated, spacing))
    throw new UserError(`is ${stated}, but the files say ${spacing}`, { about: 'data.spacing', code: 'mismatch' });
  if (config.data.charges !== undefined && config.data.charges !== charges)
    throw new UserError(`is ${config.data.charges}, but the files say ${charges}`, {
      about: 'data.charges',
      code: 'mismatch',
    });
  const data = { ...config.data, train: kept.length, spacing: spacing ?? stated ?? null, charges };
  return {
    config: { ...config, data },
    windows: {
      train: windowsOfTrajectories(kept, { input, target, windows }),
      valid: windowsOfTrajectories(splits.valid, { input, target }),
      test: windowsOfTrajectories(splits.test, { input, target }),
    },
  };
}

/** How trajectories of one's own were grouped and split for a network, by the provenance of its weights. */
export function splitSettings({
  data,
}: Readonly<Record<string, unknown>>): Pick<NewtonConfig['data'], 'groupBy' | 'split'> {
  const { groupBy, split } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const { success, data: config } = newtonConfigSchema.safeParse({ data: { groupBy, split } });
  return (success ? config : newtonConfigSchema.parse({})).data;
}
