import type { Molecule } from '../molecules/molecule.js';
import { handInSpace, sideInSpace } from '../molecules/stereo-in-space.js';

/** The molecule with the stereo that it leaves open as it is in a conformer; the molecule itself where none is open. */
export function settleStereo(molecule: Molecule, positions: Float32Array): Molecule {
  const { centres, stereoBonds } = molecule;
  if (centres.every(({ hand }) => hand !== 0) && stereoBonds.every(({ side }) => side !== 'open')) return molecule;
  return {
    ...molecule,
    centres: centres.map((centre) => ({ ...centre, hand: handInSpace(centre, positions) })),
    stereoBonds: stereoBonds.map((bond) => ({ ...bond, side: sideInSpace(bond, positions) })),
  };
}

/** How the stereo that a molecule leaves open lies in a conformer, as text: empty where none is open. */
export function openStereo({ centres, stereoBonds }: Molecule, positions: Float32Array): string {
  const hands = centres.filter(({ hand }) => hand === 0).map((centre) => handInSpace(centre, positions));
  const sides = stereoBonds.filter(({ side }) => side === 'open').map((bond) => sideInSpace(bond, positions));
  return [...hands, ...sides].join(' ');
}
