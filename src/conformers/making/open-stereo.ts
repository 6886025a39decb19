import type { Molecule } from '../../molecules/molecule.js';
import { handInSpace, sideInSpace } from '../../molecules/stereo/stereo-in-space.js';

/** How the stereo that a molecule leaves open is in a conformer. */
export interface OpenStereo {
  /** The same text for the same stereo; empty where none is open. */
  readonly key: string;
  /** Whether a centre is flat, or a double bond is twisted halfway. */
  readonly isUnclear: boolean;
}

/** @param positions ångström, [atoms · 3] */
export function openStereo({ centres, stereoBonds }: Molecule, positions: Float32Array): OpenStereo {
  const hands = centres.filter(({ hand }) => hand === 0).map((centre) => handInSpace(centre, positions));
  const sides = stereoBonds.filter(({ side }) => side === 'open').map((bond) => sideInSpace(bond, positions));
  return { key: [...hands, ...sides].join(' '), isUnclear: hands.includes(0) || sides.includes('open') };
}
