import { requireCoordinateCount } from '../coordinates.js';
import { atomName } from '../elements.js';
import type { Molecule, StereoBond, TetrahedralCentre } from '../molecule.js';
import { cosineInSpace, FLAT, UPRIGHT, volumeInSpace } from '../stereo/stereo-in-space.js';
import type { Finding } from './finding.js';

/**
 * The centres and double bonds of a conformer that are not as its molecule has them: of the wrong hand or on the wrong
 * side, flat, or twisted so far that they are neither. What the molecule leaves open is right either way.
 *
 * @param coordinates Å, [atoms · 3]
 * @throws RangeError for another number of coordinates
 */
export function checkStereo(molecule: Molecule, coordinates: ArrayLike<number>): Finding[] {
  const { atomicNumbers, centres, stereoBonds } = molecule;
  requireCoordinateCount(atomicNumbers.length, coordinates);
  const name = (atom: number): string => atomName(atomicNumbers, atom);
  return [
    ...centres.flatMap((centre) => checkCentre(centre, coordinates, name)),
    ...stereoBonds.flatMap((bond) => checkBond(bond, coordinates, name)),
  ];
}

/**
 * The mirror image of a conformer, if that is what it takes: if it has centres with a hand and every one of them has
 * the other one. Distances, and which sides of double bonds atoms are on, stay what they are, so the repair is exact.
 *
 * @returns undefined where that would not put all centres right
 */
export function repairMirror<A extends Float32Array | Float64Array>(molecule: Molecule, coordinates: A): A | undefined {
  const centres = molecule.centres.filter(({ hand }) => hand !== 0);
  const isInverted = ({ around, hand }: TetrahedralCentre): boolean =>
    volumeInSpace({ around }, coordinates) * hand < -FLAT;
  if (centres.length === 0 || !centres.every(isInverted)) return undefined;
  const mirrored = coordinates.slice() as A;
  for (let k = 0; k < mirrored.length; k += 3) mirrored[k] = -mirrored[k];
  return mirrored;
}

function checkCentre(
  { atom, around, hand }: TetrahedralCentre,
  coordinates: ArrayLike<number>,
  name: (atom: number) => string,
): Finding[] {
  const value = volumeInSpace({ around }, coordinates);
  const limit = hand * FLAT;
  if (hand === 0 || value * hand > FLAT) return [];
  const atoms = [atom, ...around.filter((other) => other !== atom)];
  if (value * hand < -FLAT) {
    return [{ kind: 'wrong hand', atoms, value, limit, text: `wrong hand: ${name(atom)} is the mirror image` }];
  }
  return [
    { kind: 'flat centre', atoms, value, limit, text: `flat centre: ${name(atom)} is flat and has no chirality` },
  ];
}

function checkBond(
  { atoms, side }: StereoBond,
  coordinates: ArrayLike<number>,
  name: (atom: number) => string,
): Finding[] {
  const value = cosineInSpace({ atoms }, coordinates);
  const sign = side === 'cis' ? 1 : -1;
  const limit = sign * UPRIGHT;
  if (side === 'open' || value * sign > UPRIGHT) return [];
  const bond = `${name(atoms[1])}=${name(atoms[2])}`;
  if (value * sign < -UPRIGHT) {
    const found = side === 'cis' ? 'trans' : 'cis';
    const text = `wrong side: ${name(atoms[0])} and ${name(atoms[3])} at ${bond} are ${found}, not ${side}`;
    return [{ kind: 'wrong side', atoms, value, limit, text }];
  }
  return [
    { kind: 'twisted double bond', atoms, value, limit, text: `twisted double bond: ${bond} is twisted halfway` },
  ];
}
