import { requirePositive } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import { atomicWeight } from '../../molecules/atomic-weights.js';

/**
 * The masses of atoms by their symbols, in unified atomic mass units.
 *
 * @param own masses of species that are no elements, or isotopes: `{ D: 2.014 }`
 * @throws UserError for a species without a mass
 */
export function massesOf(species: readonly string[], own: Readonly<Record<string, number>> = {}): Float64Array {
  const known = new Map(
    Object.entries(own).map(([name, mass]) => [name, requirePositive(mass, `the mass of ${name}`)]),
  );
  return Float64Array.from(species, (name, atom) => {
    const mass = known.get(name) ?? atomicWeight(name);
    if (mass !== undefined) return mass;
    throw new UserError(`atom ${atom + 1}, ${name}, is no element whose mass is known`, {
      atom: atom + 1,
      remedy: `say the mass of ${name}`,
    });
  });
}
