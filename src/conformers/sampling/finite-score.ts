import { UserError } from '../../common/errors.js';

/**
 * The same score, of numbers all.
 * @throws UserError that names the noise level and the atom where one is not finite
 */
export function requireFiniteScore(score: Float32Array, sigma: number): Float32Array {
  const at = score.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return score;
  throw new UserError(
    `sampling stopped at noise level ${sigma}: the score of atom ${Math.floor(at / 3) + 1} is ${score[at]}; the weights are unusable at this level`,
    { code: 'diverged', atom: Math.floor(at / 3) + 1 },
  );
}
