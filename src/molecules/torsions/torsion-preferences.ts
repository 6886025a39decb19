import { bondType, ringSize, sideOf } from '../bond-graph/topology.js';
import type { IdealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { hasMultipleBond, pathAbout } from './torsion-terms.js';

/** A bond that turns freely, and how its torsion is usually found. */
export interface Rotor {
  /** Four atoms; the bond is the one in the middle. */
  readonly path: readonly [number, number, number, number];
  /** The atoms that turn: those on the side of the third one, it itself left out. */
  readonly turning: Int32Array;
  readonly preference: TorsionPreference;
}

/** A mixture of normal distributions about angles in degrees; a spread of Infinity is any angle. */
export interface TorsionPreference {
  readonly peaks: readonly { readonly degrees: number; readonly weight: number }[];
  readonly spread: number;
}

const [HYDROGEN, CARBON] = [1, 6];
const [SINGLE, DOUBLE, AROMATIC] = [1, 2, 12];

const even = (spread: number, ...angles: number[]): TorsionPreference => ({
  peaks: angles.map((degrees) => ({ degrees, weight: 1 / angles.length })),
  spread,
});
const ANY = even(Infinity, 0);
const STAGGERED = even(12, 60, 180, 300);
const PERPENDICULAR = even(20, 90, 270);
const FLAT = even(15, 0, 180);
const BIARYL = even(20, 35, 145, 215, 325);
/** Of C(=O)–N–C–C and C(=O)–O–C–C: all but cis. */
const ASIDE_OR_AWAY = even(18, 85, 180, 275);
const AWAY = even(40, 100, 180, 260);
/** Of O=C–O–C and O=C–N–C: the ends are cis in nearly all esters and amides. */
const mostlyCis = (weight: number): TorsionPreference => ({
  peaks: [
    { degrees: 0, weight },
    { degrees: 180, weight: 1 - weight },
  ],
  spread: 12,
});

/** The single bonds outside of rings that turn more than hydrogens of one carbon. */
export function rotors(geometry: IdealGeometry): Rotor[] {
  const { molecule, topology, shapes } = geometry;
  const { begin, end, type } = molecule.bonds;
  const found: Rotor[] = [];
  for (let bond = 0; bond < begin.length; bond++) {
    const [j, k] = [begin[bond], end[bond]];
    if (type[bond] !== SINGLE || ringSize(topology, [j, k]) > 0) continue;
    if (shapes[j] === 'linear' || shapes[k] === 'linear') continue;
    if (isSpinningTop(geometry, j, k) || isSpinningTop(geometry, k, j)) continue;
    const rotor = rotorAbout(geometry, j, k);
    if (rotor) found.push(rotor);
  }
  return found;
}

/** An end whose other neighbours are three alike terminal atoms: CH₃, CF₃, NH₃⁺. */
function isSpinningTop({ molecule, topology }: IdealGeometry, from: number, atom: number): boolean {
  const others = topology.neighbours[atom].filter((other) => other !== from);
  const isAlike = (other: number) =>
    topology.neighbours[other].length === 1 && molecule.atomicNumbers[other] === molecule.atomicNumbers[others[0]];
  return others.length === 3 && others.every(isAlike);
}

function rotorAbout(geometry: IdealGeometry, j: number, k: number): Rotor | undefined {
  const { topology } = geometry;
  const path = preferredPath(geometry, j, k);
  if (path === undefined) return undefined;
  const forward = sideOf(topology, path[1], path[2]);
  // In a ring of more than eight atoms, too: both sides are one.
  if (forward.includes(path[1])) return undefined;
  const isShorter = 2 * forward.length <= topology.atoms;
  const [a, b, c, d] = isShorter ? path : path.toReversed();
  const side = isShorter ? forward : sideOf(topology, b, c);
  const turning = Int32Array.from(side.filter((atom) => atom !== c));
  return { path: [a, b, c, d], turning, preference: preferenceOf(geometry, path) };
}

/** Where there is a double bond beside a heteroatom, the path starts at its far end: O=C–N–C. */
function preferredPath(geometry: IdealGeometry, j: number, k: number): [number, number, number, number] | undefined {
  const path = pathAbout(geometry, j, k);
  if (path === undefined) return undefined;
  const [, , , last] = path;
  const far = doubleBonded(geometry, j, k);
  if (far !== undefined) return [far, j, k, last];
  const other = doubleBonded(geometry, k, j);
  if (other !== undefined) return [other, k, j, path[0]];
  return [path[0], j, k, last];
}

/** The heteroatom of a C=O, C=N, C=S at one end, where the other end is a heteroatom with a lone pair. */
function doubleBonded({ molecule, topology, shapes }: IdealGeometry, at: number, beside: number): number | undefined {
  const isHetero = (atom: number) => molecule.atomicNumbers[atom] > CARBON;
  if (!isHetero(beside) || molecule.atomicNumbers[at] !== CARBON || shapes[beside] !== 'planar') return undefined;
  return topology.neighbours[at].find((atom) => isHetero(atom) && bondType(topology, at, atom) === DOUBLE);
}

function preferenceOf(geometry: IdealGeometry, [, j, k, l]: readonly number[]): TorsionPreference {
  const { shapes, molecule } = geometry;
  const planar = [j, k].filter((atom) => shapes[atom] === 'planar');
  const elements = [j, k].map((atom) => molecule.atomicNumbers[atom]);
  if (planar.length === 2) {
    if (doubleBonded(geometry, j, k) !== undefined) return besideCarbonyl(geometry, j, k, l);
    if (planar.every((atom) => isDonor(geometry, atom))) return PERPENDICULAR;
    return isAromatic(geometry, j) && isAromatic(geometry, k) ? BIARYL : FLAT;
  }
  if (planar.length === 1) return besidePlanar(geometry, planar[0], planar[0] === j ? k : j);
  const isPair = elements.every((element) => element > CARBON) && elements[0] === elements[1];
  return isPair ? PERPENDICULAR : STAGGERED;
}

/** A heteroatom with a lone pair that it lends to its neighbours. */
const isDonor = ({ molecule, topology }: IdealGeometry, atom: number): boolean =>
  molecule.atomicNumbers[atom] > CARBON && !hasMultipleBond(topology, atom);

function besideCarbonyl({ molecule, topology }: IdealGeometry, j: number, k: number, l: number): TorsionPreference {
  const { atomicNumbers } = molecule;
  const others = topology.neighbours[k].filter((atom) => atom !== j);
  const heavy = others.filter((atom) => atomicNumbers[atom] !== HYDROGEN).length;
  if (atomicNumbers[l] === HYDROGEN) return others.length > 1 ? FLAT : mostlyCis(0.85);
  return heavy === others.length && others.length > 1 ? FLAT : mostlyCis(0.92);
}

function besidePlanar(geometry: IdealGeometry, planar: number, other: number): TorsionPreference {
  const { molecule, topology } = geometry;
  const isHeavy = (atom: number) => molecule.atomicNumbers[atom] !== HYDROGEN;
  const branches = topology.neighbours[other].filter(isHeavy).length;
  if (molecule.atomicNumbers[other] > 9) return PERPENDICULAR;
  if (isDonor(geometry, planar)) {
    const isCrowded = topology.neighbours[planar].filter(isHeavy).length === 3;
    if (branches === 2) return isCrowded ? PERPENDICULAR : ASIDE_OR_AWAY;
    return isCrowded ? ANY : AWAY;
  }
  return branches === 2 && isAromatic(geometry, planar) ? PERPENDICULAR : ANY;
}

const isAromatic = ({ topology }: IdealGeometry, atom: number): boolean =>
  topology.neighbours[atom].some((other) => bondType(topology, atom, other) === AROMATIC);
