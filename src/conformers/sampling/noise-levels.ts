import { requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';

/** The lowest noise level of a denoiser's samplers, in ångström; a last step goes from there to none. */
export const LOWEST_SIGMA = 0.02;

/** Which levels {@link noiseLevels} gives. */
export interface NoiseLevelOptions {
  /** How many levels; default 50. */
  readonly count?: number;
  /** The highest, in ångström; default 10. */
  readonly largest?: number;
  /** The lowest, in ångström; default 0.01. */
  readonly smallest?: number;
}

/**
 * Standard deviations of noise in ångström, falling from the largest to the smallest by one factor (Song & Ermon
 * 2019). The defaults are those of the published score network.
 * @throws UserError for a count or limits that are no such sequence
 */
export function noiseLevels({ count = 50, largest = 10, smallest = 0.01 }: NoiseLevelOptions = {}): number[] {
  requirePositiveInteger(count, 'the number of noise levels');
  requirePositive(largest, 'the largest noise level');
  requirePositive(smallest, 'the smallest noise level');
  if (smallest > largest)
    throw new UserError(`the smallest noise level (${smallest}) is above the largest (${largest}); swap them`);
  const step = count === 1 ? 0 : Math.log(smallest / largest) / (count - 1);
  return Array.from({ length: count }, (_, k) => (k > 0 && k === count - 1 ? smallest : largest * Math.exp(k * step)));
}

/** The levels as they are. @throws UserError if there are none, one is not above 0, or they rise */
export function requireLevels(levels: readonly number[]): readonly number[] {
  if (levels.length === 0) throw new UserError('there are no noise levels; sampling needs at least one');
  for (const [k, level] of levels.entries()) {
    requirePositive(level, `noise level ${k}`);
    if (k > 0 && level > levels[k - 1])
      throw new UserError(
        `noise level ${k} (${level}) is above the one before it (${levels[k - 1]}); sort them in descending order`,
      );
  }
  return levels;
}
