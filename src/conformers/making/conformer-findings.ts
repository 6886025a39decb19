import type { Finding } from '../../molecules/checks/finding.js';
import { geometryChecker } from '../../molecules/checks/geometry-checks.js';
import { checkStereo } from '../../molecules/checks/stereo-checks.js';
import type { Molecule } from '../../molecules/molecule.js';

const checkers = new WeakMap<Molecule, ReturnType<typeof geometryChecker>>();

/**
 * All that is wrong with a conformer. Coordinates that are not finite come under stereo: relaxation mends neither.
 * @param coordinates ångström, [atoms · 3]
 */
export function conformerFindings(
  molecule: Molecule,
  coordinates: Float32Array,
): { readonly stereo: readonly Finding[]; readonly geometry: readonly Finding[] } {
  const checker = checkers.get(molecule) ?? geometryChecker(molecule);
  checkers.set(molecule, checker);
  const geometry = checker(coordinates);
  if (geometry.some(({ kind }) => kind === 'not finite')) return { stereo: geometry, geometry: [] };
  return { stereo: checkStereo(molecule, coordinates), geometry };
}
