import { UserError } from '../../common/errors.js';
import { Rng } from '../../random/generator.js';
import { checkedSplit, countOf, type GeometrySplit, type SplitConfig } from './split.js';

/**
 * Puts geometries into parts at random, by the seed: with the same seed the test and validation parts stay the same
 * whatever `train` is, and what fewer are trained on is part of what more are.
 *
 * @param count the number of geometries
 * @throws UserError where a part would be empty
 */
export function splitByShare(count: number, { valid, test, train, seed }: SplitConfig): GeometrySplit {
  const order = shuffled(count, seed);
  const [tests, valids] = [amountOf(test, count), amountOf(valid, count)];
  requireSome(tests, valids, count);
  const end = train === undefined ? undefined : tests + valids + train;
  const parts = {
    test: order.subarray(0, tests),
    valid: order.subarray(tests, tests + valids),
    train: order.subarray(tests + valids, end),
  };
  return checkedSplit(parts, { by: 'share', seed });
}

/** Whole numbers from 0 on, in an order by the seed. */
export const shuffled = (count: number, seed: number): Int32Array =>
  Rng.fromSeed(seed)
    .fork('split')
    .shuffle(Int32Array.from({ length: count }, (_, k) => k));

/** A share of a number, 1 at least where it is not 0; or the number that it is. */
export const amountOf = (amount: number, count: number): number =>
  amount > 0 && amount < 1 ? Math.max(1, Math.round(amount * count)) : amount;

/** @throws UserError where test and validation would leave nothing to train on */
export function requireSome(tests: number, valids: number, count: number): void {
  if (tests + valids < count) return;
  const all = countOf(count, 'geometry', 'geometries');
  throw new UserError(`${valids} for validation and ${tests} for the test leave none of ${all} to train on`, {
    key: 'split',
  });
}
