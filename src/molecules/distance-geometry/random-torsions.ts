import { requirePositive, requirePositiveInteger } from '../../common/checks.js';
import type { Rng } from '../../random/generator.js';
import { requireCoordinates } from '../coordinates.js';
import { idealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { atomCount, type Molecule } from '../molecule.js';
import { drawTorsion, setTorsion, torsionAngle } from '../torsions/torsion-moves.js';
import { type Rotor, rotors } from '../torsions/torsion-preferences.js';
import { embeddingTerms } from './embedding-terms.js';
import { refinement } from './refinement-energy.js';

export interface RandomTorsionOptions {
  /**
   * `any`: every angle is as likely; `usual`: angles that are common for such a bond; `near`: what is there, give or
   * take `spread`.
   */
  readonly draw?: 'any' | 'usual' | 'near';
  /** The standard deviation of `near`, in degrees; by default 30. */
  readonly spread?: number;
  /** How many sets of angles are drawn until one brings no atoms too close to each other; by default 10. */
  readonly attempts?: number;
}

/** A set of torsions that crowds atoms less than this, in kcal/mol, is taken. */
const CROWDED = 4;

/**
 * Turns every single bond outside of rings, between atoms that have other neighbours, by a random angle: lengths,
 * angles, rings and stereo stay as they are.
 * @param coordinates ångström, [atoms · 3]
 * @returns a new shape; where all attempts make atoms clash, the one with the least of it
 * @throws RangeError for coordinates that are not finite or not as many as the atoms need
 */
export function randomTorsions(
  molecule: Molecule,
  coordinates: ArrayLike<number>,
  rng: Rng,
  { draw = 'any', spread = 30, attempts = 10 }: RandomTorsionOptions = {},
): Float32Array {
  requirePositive(spread, 'the spread of torsions');
  requirePositiveInteger(attempts, 'the number of attempts');
  requireCoordinates(atomCount(molecule), coordinates);
  const positions = Float64Array.from(coordinates);
  const geometry = idealGeometry(molecule);
  const { crowding } = refinement(embeddingTerms(geometry));
  const angle = {
    any: () => 2 * Math.PI * rng.uniform(),
    usual: ({ preference }: Rotor) => drawTorsion(preference, rng),
    near: ({ path }: Rotor) => torsionAngle(positions, path) + (spread / 180) * Math.PI * rng.normal(),
  }[draw];
  return Float32Array.from(redrawTorsions(positions, { rotors: rotors(geometry), crowding, angle, attempts }));
}

export interface Redrawing {
  readonly rotors: readonly Rotor[];
  /** What it costs that atoms are too near to each other, in kcal/mol. */
  readonly crowding: (positions: Float64Array) => number;
  /** Draws an angle in radians. */
  readonly angle: (rotor: Rotor) => number;
  readonly attempts: number;
}

/** Of some sets of torsions the first one that is not crowded, or else the least crowded. */
export function redrawTorsions(
  positions: Float64Array,
  { rotors, crowding, angle, attempts }: Redrawing,
): Float64Array {
  if (rotors.length === 0) return positions;
  let [best, least] = [positions, Infinity];
  for (let draw = 0; draw < attempts && least > CROWDED; draw++) {
    const turned = positions.slice();
    for (const rotor of rotors) setTorsion(turned, rotor, angle(rotor));
    const cost = crowding(turned);
    if (cost < least) [best, least] = [turned, cost];
  }
  return best;
}
