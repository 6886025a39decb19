import type { Molecule, StereoBond, TetrahedralCentre } from '../molecule.js';

/** Below this share of the largest volume that edges of these lengths can span, four atoms count as flat. */
export const FLAT = 0.02;
/** Below this cosine, about 10 degrees from upright, a double bond is neither cis nor trans. */
export const UPRIGHT = 0.17;

type Vector = readonly [number, number, number];

/**
 * The signed volume (x₁ − x₄) · ((x₂ − x₄) × (x₃ − x₄)) of the four atoms of a centre, as a share of the largest that
 * edges of these lengths can span: about ±.7 for a tetrahedron; NaN where two of them are at one place.
 */
export function volumeInSpace({ around }: Pick<TetrahedralCentre, 'around'>, positions: ArrayLike<number>): number {
  const [a, b, c] = around.slice(0, 3).map((atom) => between(positions, around[3], atom));
  return dot(a, cross(b, c)) / (length(a) * length(b) * length(c));
}

/** The hand of a centre as it lies in space: the sign of its signed volume; 0 where the four atoms lie in a plane. */
export function handInSpace(
  centre: Pick<TetrahedralCentre, 'around'>,
  positions: ArrayLike<number>,
): TetrahedralCentre['hand'] {
  const volume = volumeInSpace(centre, positions);
  if (!(Math.abs(volume) > FLAT)) return 0;
  return volume > 0 ? 1 : -1;
}

/** The cosine of the torsion over a double bond: 1 for cis, −1 for trans; NaN where three of the atoms are in line. */
export function cosineInSpace({ atoms }: Pick<StereoBond, 'atoms'>, positions: ArrayLike<number>): number {
  const [a, b, c, d] = atoms;
  const axis = between(positions, b, c);
  const left = cross(axis, between(positions, b, a));
  const right = cross(axis, between(positions, c, d));
  return dot(left, right) / (length(left) * length(right));
}

/** On which side the ends of a double bond lie in space; `open` where it stands about upright. */
export function sideInSpace(bond: Pick<StereoBond, 'atoms'>, positions: ArrayLike<number>): StereoBond['side'] {
  const cosine = cosineInSpace(bond, positions);
  if (!(Math.abs(cosine) > UPRIGHT)) return 'open';
  return cosine > 0 ? 'cis' : 'trans';
}

/** A centre or double bond that is not as the molecule has it. */
export type StereoChange = { readonly centre: TetrahedralCentre } | { readonly bond: StereoBond };

/**
 * The centres and double bonds that are not in space as the molecule has them; those that it leaves open are right
 * either way.
 *
 * @param positions ångström, [atoms · 3]
 */
export function stereoChanges(
  { centres, stereoBonds }: Pick<Molecule, 'centres' | 'stereoBonds'>,
  positions: ArrayLike<number>,
): StereoChange[] {
  const wrongCentres = centres.filter((centre) => centre.hand !== 0 && handInSpace(centre, positions) !== centre.hand);
  const wrongBonds = stereoBonds.filter((bond) => bond.side !== 'open' && sideInSpace(bond, positions) !== bond.side);
  return [...wrongCentres.map((centre) => ({ centre })), ...wrongBonds.map((bond) => ({ bond }))];
}

function between(positions: ArrayLike<number>, from: number, to: number): Vector {
  const axis = (k: number) => positions[3 * to + k] - positions[3 * from + k];
  return [axis(0), axis(1), axis(2)];
}

function cross([ax, ay, az]: Vector, [bx, by, bz]: Vector): Vector {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

function dot([ax, ay, az]: Vector, [bx, by, bz]: Vector): number {
  return ax * bx + ay * by + az * bz;
}

const length = (vector: Vector): number => Math.sqrt(dot(vector, vector));
