import { UserError } from '../../common/errors.js';
import { Rng } from '../../random/generator.js';
import { type PerSplit, SPLITS } from '../simulation/protocol.js';

/** The shares of trajectories that go into validation and test; the rest is for training. */
export interface TrajectoryShares {
  readonly valid: number;
  readonly test: number;
  readonly seed: number;
}

/**
 * Puts whole trajectories into splits, at random by the seed; at least one into each. Two snapshots of one trajectory
 * never are in different splits.
 * @throws UserError for fewer than three, and for shares that leave none to train on
 */
export function splitTrajectories<T>(
  trajectories: readonly T[],
  { valid, test, seed }: TrajectoryShares,
): PerSplit<readonly T[]> {
  const count = trajectories.length;
  if (count < SPLITS.length) {
    throw new UserError(
      `there ${count === 1 ? 'is 1 trajectory' : `are ${count} trajectories`}, but training, validation and test ` +
        'need one each at least; give more files, or name the trajectory of every structure in its comment line',
    );
  }
  const share = (part: number): number => Math.max(1, Math.round(part * count));
  const [tests, valids] = [share(test), share(valid)];
  if (tests + valids >= count)
    throw new UserError(
      `${valids} trajectories for validation and ${tests} for test leave none of ${count} to train on`,
      {
        about: 'data.split',
        remedy: { setting: 'data.split', action: 'change' },
      },
    );
  const order = Rng.fromSeed(seed)
    .fork('split')
    .shuffle(Int32Array.from({ length: count }, (_, k) => k));
  const take = (from: number, to?: number): T[] => Array.from(order.slice(from, to).sort(), (k) => trajectories[k]);
  return { test: take(0, tests), valid: take(tests, tests + valids), train: take(tests + valids) };
}
