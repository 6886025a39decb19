import { UserError } from '../../common/errors.js';
import { Rng } from '../../random/generator.js';
import type { SplitName } from './dataset.js';

/** The shares of molecules that go into validation and test; the rest is for training. */
export interface SplitShares {
  readonly valid: number;
  readonly test: number;
}

/**
 * Puts molecules into splits at random. Where one goes depends on its name and the seed alone: more data, or in another
 * order, move none of them.
 *
 * @returns the split of a molecule, named by its canonical SMILES without stereo, so that isomers stay together
 * @throws UserError where the shares are not within 0 and 1, or come to more than 1
 */
export function moleculeSplitter(seed: number, { valid, test }: SplitShares): (family: string) => SplitName {
  if (!(valid >= 0 && test >= 0 && valid + test <= 1)) {
    throw new UserError(`the validation (${valid}) and test (${test}) shares must sum to at most 1`);
  }
  const source = Rng.fromSeed(seed);
  return (family) => {
    const place = source.fork(family).uniform();
    if (place < test) return 'test';
    return place < test + valid ? 'valid' : 'train';
  };
}
