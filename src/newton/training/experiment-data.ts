import { UserError } from '../../common/errors.js';
import { requireLaterTarget } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import { type Windows, windowsOf } from '../data/windows.js';
import { timeSpan } from '../evaluation/baselines.js';
import type { FieldName } from '../networks/system.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { Fields } from '../system/field-vectors.js';
import { requireFollowingFields } from './augmentation.js';
import type { NewtonConfig } from './config.js';
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
  if (train > sets.train.trajectories) {
    const { trajectories } = sets.train;
    throw new UserError(`asks for ${train} training trajectories, the set has ${trajectories}`, {
      about: 'data.train',
      remedy: { setting: 'data.train', value: trajectories },
    });
  }
  return {
    train: windowsOf(sets.train, { input, target: input + span, windows, steps, count: train }),
    valid: windowsOf(sets.valid, { input, target }),
    test: windowsOf(sets.test, { input, target }),
  };
}

/** @throws UserError where the network covers another time than lies between the snapshots */
function requireTimeSpan({ model, data }: Pick<NewtonConfig, 'model' | 'data'>): void {
  const config = modelConfigOf({ model });
  if (!('timeSpan' in config)) return;
  const [own = 1, wanted] = [config.timeSpan, timeSpan(data)];
  if (Math.abs(own - wanted) <= 1e-6 * wanted) return;
  throw new UserError(`is ${own}, but snapshot ${data.target} lies ${wanted} after snapshot ${data.input}`, {
    about: 'model.timeSpan',
    remedy: { setting: 'model.timeSpan', value: wanted },
  });
}
