import type { MoleculeBatch } from '../graphs/molecule-batch.js';
import type { ScoreFunction } from '../networks/score-function.js';

/** A score function for molecules side by side, of which one may break without the others. */
export interface GuardedScore {
  /** The score, 0 for every atom of a broken molecule: it moves no more. */
  readonly score: ScoreFunction;
  /** Whether the score of a molecule was not finite at some time. */
  isBroken(molecule: number): boolean;
}

/** Sets molecules apart that a score is not finite for. */
export function guardScore(score: ScoreFunction, { atomStart }: Pick<MoleculeBatch, 'atomStart'>): GuardedScore {
  const broken = new Set<number>();
  return {
    isBroken: (molecule) => broken.has(molecule),
    async score(positions, sigma) {
      const values = await score(positions, sigma);
      for (let molecule = 0; molecule < atomStart.length - 1; molecule++) {
        const own = values.subarray(3 * atomStart[molecule], 3 * atomStart[molecule + 1]);
        if (!own.every(Number.isFinite)) broken.add(molecule);
        if (broken.has(molecule)) own.fill(0);
      }
      return values;
    },
  };
}
