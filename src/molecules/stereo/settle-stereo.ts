import type { Molecule } from '../molecule.js';
import { withStereo } from '../molecule-of-structure.js';
import { handInSpace, sideInSpace } from './stereo-in-space.js';

/**
 * The molecule with all of its stereo as it lies in a conformer; what is flat or twisted halfway is left open.
 * @param positions Å, [atoms · 3]
 */
export function settleStereo(molecule: Molecule, positions: ArrayLike<number>): Molecule {
  const { centres, stereoBonds } = molecule;
  if (centres.length === 0 && stereoBonds.length === 0) return molecule;
  return withStereo(molecule, {
    centres: centres.map((centre) => ({ ...centre, hand: handInSpace(centre, positions) })),
    stereoBonds: stereoBonds.map((bond) => ({ ...bond, side: sideInSpace(bond, positions) })),
  });
}
