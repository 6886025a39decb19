import type { Molecule, StereoBond, TetrahedralCentre } from './molecule.js';

/** Below this share of the largest volume that edges of these lengths can span, four atoms count as flat. */
const FLAT = 0.02;
/** About 10 degrees from upright: the double bond is neither cis nor trans. */
const UPRIGHT = 0.17;

type Vector = readonly [number, number, number];

/** The hand of a centre as it lies in space: the sign of its signed volume; 0 where the four atoms lie in a plane. */
export function handInSpace(
  { around }: Pick<TetrahedralCentre, 'around'>,
  positions: ArrayLike<number>,
): TetrahedralCentre['hand'] {
  const [a, b, c] = around.slice(0, 3).map((atom) => between(positions, around[3], atom));
  const volume = dot(a, cross(b, c));
  if (Math.abs(volume) <= FLAT * length(a) * length(b) * length(c)) return 0;
  return volume > 0 ? 1 : -1;
}

/** On which side the ends of a double bond lie in space; `open` where it stands about upright. */
export function sideInSpace({ atoms }: Pick<StereoBond, 'atoms'>, positions: ArrayLike<number>): StereoBond['side'] {
  const [a, b, c, d] = atoms;
  const axis = between(positions, b, c);
  const left = cross(axis, between(positions, b, a));
  const right = cross(axis, between(positions, c, d));
  const cosine = dot(left, right) / (length(left) * length(right));
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
