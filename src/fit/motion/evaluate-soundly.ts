import { UserError } from '../../common/errors.js';
import type { EnergyAndForces, Potential } from './potential.js';

/** `C4`, atom 4 by its symbol; `atom 4` where it has none. */
export const nameOfAtom = (atom: number, species?: readonly string[]): string =>
  species === undefined ? `atom ${atom + 1}` : `${species[atom]}${atom + 1}`;

/**
 * Evaluates a potential, and takes numbers for an answer.
 *
 * @param when where the geometry is from, for the message: `at step 12`
 * @throws UserError where the energy or a force is no finite number, and where the potential has none of such a geometry,
 * as of atoms at one place; RangeError for forces of another number of atoms
 */
export async function evaluateSoundly(
  potential: Potential,
  positions: Float64Array,
  species?: readonly string[],
  when = 'at the start',
): Promise<EnergyAndForces> {
  const found = await evaluateAt(potential, positions, when);
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

/**
 * Evaluates a potential.
 *
 * @param when where the geometry is from, for the message
 * @throws UserError where the potential has no energy of such a geometry, which says when that was
 */
export async function evaluateAt(
  potential: Potential,
  positions: Float64Array,
  when: string,
): Promise<EnergyAndForces> {
  try {
    return await potential.evaluate(positions);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { file: _, ...details } = error.details;
    throw new UserError(`${when}, ${error.problem}`, { ...details, cause: error });
  }
}
