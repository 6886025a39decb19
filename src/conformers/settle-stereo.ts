import type { Molecule } from '../molecules/molecule.js';
import { withStereo } from '../molecules/molecule-of-structure.js';
import { handInSpace, sideInSpace } from '../molecules/stereo-in-space.js';

/** The molecule with the stereo that it leaves open as it is in a conformer; the molecule itself where none is open. */
export function settleStereo(molecule: Molecule, positions: Float32Array): Molecule {
  const { centres, stereoBonds } = molecule;
  if (centres.every(({ hand }) => hand !== 0) && stereoBonds.every(({ side }) => side !== 'open')) return molecule;
  return withStereo(molecule, {
    centres: centres.map((centre) => ({ ...centre, hand: handInSpace(centre, positions) })),
    stereoBonds: stereoBonds.map((bond) => ({ ...bond, side: sideInSpace(bond, positions) })),
  });
}

/** How the stereo that a molecule leaves open lies in a conformer. */
export interface OpenStereo {
  /** The same text for the same stereo; empty where none is open. */
  readonly key: string;
  /** Whether a centre lies flat, or a double bond stands upright. */
  readonly isUnclear: boolean;
}

export function openStereo({ centres, stereoBonds }: Molecule, positions: Float32Array): OpenStereo {
  const hands = centres.filter(({ hand }) => hand === 0).map((centre) => handInSpace(centre, positions));
  const sides = stereoBonds.filter(({ side }) => side === 'open').map((bond) => sideInSpace(bond, positions));
  return { key: [...hands, ...sides].join(' '), isUnclear: hands.includes(0) || sides.includes('open') };
}
