import type { Geometry } from '../../fit/data/geometry.js';
import type { PotentialAtoms } from '../../fit/motion/potential.js';

/** What a potential is opened for, of a geometry. */
export const atomsOf = ({ species, cell, periodic }: Geometry): PotentialAtoms => ({
  species,
  ...(cell && { cell }),
  ...(periodic && { periodic }),
});

/** Whether one potential does for both. */
export function areSameAtoms(a: PotentialAtoms, b: PotentialAtoms): boolean {
  const numbers = ({ species, cell = [], periodic = [] }: PotentialAtoms): string =>
    JSON.stringify([species, Array.from(cell), Array.from(periodic, Number)]);
  return numbers(a) === numbers(b);
}
