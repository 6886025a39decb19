import { expect, test } from 'vitest';
import { guardScore } from '../../../src/conformers/sampling/guarded-score.js';

const atomStart = Int32Array.of(0, 1, 3);
const good = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test.each([Number.NaN, Infinity, -Infinity])('a molecule with a score of %d stands still from then on', async (bad) => {
  const answers = [good, good.with(7, bad), good];
  const { score, isBroken } = guardScore(async () => Float32Array.from(answers.shift() ?? []), { atomStart });
  const positions = new Float32Array(9);
  expect(Array.from(await score(positions, 1))).toEqual(good);
  expect([isBroken(0), isBroken(1)]).toEqual([false, false]);
  for (let time = 0; time < 2; time++) {
    expect(Array.from(await score(positions, 1))).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0]);
    expect([isBroken(0), isBroken(1)]).toEqual([false, true]);
  }
});
