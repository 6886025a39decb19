import { UserError } from '../../common/errors.js';
import { errorAt, type Geometry } from '../../fit/data/geometry.js';
import type { GeometrySource } from '../../fit/data/geometry-set.js';
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

/** An error that names no file, with the place of the geometry that it is about; others as they are. */
export function placedError(error: unknown, source: GeometrySource): unknown {
  if (!(error instanceof UserError) || error.details.file !== undefined) return error;
  const { problem, details } = errorAt(source, error.problem);
  return new UserError(problem, { ...error.details, ...details, code: error.code, cause: error });
}
