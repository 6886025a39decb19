import { UserError } from '../../common/errors.js';
import type { EnergyAndForces, Potential } from './potential.js';

/** `C4`, atom 4 by its symbol; `atom 4` where it has none. */
export const nameOfAtom = (atom: number, species?: readonly string[]): string =>
  species === undefined ? `atom ${atom + 1}` : `${species[atom]}${atom + 1}`;

/**
 * Evaluates a potential, and takes numbers for an answer.
 *
 * @param when where the geometry is from, for the message: `at step 12`
 * @throws UserError where the energy or a force is no finite number; RangeError for forces of another number of atoms
 */
export async function evaluateSoundly(
  potential: Potential,
  positions: Float64Array,
  species?: readonly string[],
  when = 'at the start',
): Promise<EnergyAndForces> {
  const found = await potential.evaluate(positions);
  if (found.forces.length !== positions.length) {
    throw new RangeError(`the potential gives ${found.forces.length} components of forces for ${positions.length}`);
  }
  if (!Number.isFinite(found.energy)) {
    throw new UserError(`the energy ${when} is ${found.energy}`, { code: 'diverged' });
  }
  const bad = found.forces.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const atom = Math.floor(bad / 3);
    const message = `the force on ${nameOfAtom(atom, species)} ${when} is ${found.forces[bad]}`;
    throw new UserError(message, { code: 'diverged', atom: atom + 1 });
  }
  return found;
}
