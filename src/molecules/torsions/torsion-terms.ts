import { bondType, ringSize, type Topology } from '../bond-graph/topology.js';
import type { IdealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { isStiff } from './torsion-spans.js';

/** Torsions and what they cost: a cos φ + b (1 − cos 2φ) + c (1 + cos 3φ) + d sin φ. */
export interface TorsionTerms {
  /** Four atoms a term. */
  readonly atoms: Int32Array;
  /** a, b, c, d of each term, in kcal/mol. */
  readonly costs: Float64Array;
}

type Costs = readonly [number, number, number, number];

const CHALCOGENS: readonly number[] = [8, 16, 34];
const [CARBON, NITROGEN] = [6, 7];
const [DOUBLE, AROMATIC] = [2, 12];

const STIFF: Costs = [0, 15, 0, 0];
const PLANAR_RING: Costs = [0, 3, 0, 0];
const CONJUGATED_HETERO: Costs = [0, 4, 0, 0];
const CONJUGATED: Costs = [0, 2, 0, 0];
const BIARYL: Costs = [0, 0.7, 0, 0];
const STAGGERED: Costs = [0, 0, 1.5, 0];
/** Lone pairs, or a ring and a sulfonyl group, that keep out of each other's plane. */
const PERPENDICULAR: Costs = [0, -1.5, 0, 0];

/** One term for each bond that has a preference, on its neighbours in a ring or else its heaviest. */
export function torsionTerms(geometry: IdealGeometry): TorsionTerms {
  const { begin, end } = geometry.molecule.bonds;
  const found: { readonly path: readonly number[]; readonly costs: Costs }[] = [];
  for (let bond = 0; bond < begin.length; bond++) {
    const costs = costsOf(geometry, begin[bond], end[bond]);
    const path = pathAbout(geometry, begin[bond], end[bond]);
    if (costs && path) found.push({ path, costs });
  }
  return {
    atoms: Int32Array.from(found.flatMap(({ path }) => path)),
    costs: Float64Array.from(found.flatMap(({ costs }) => costs)),
  };
}

/**
 * A path of four atoms with a given bond in its middle: neighbours in a ring with it come first, then (at the S of a
 * sulfone, say) those that are not double-bonded, then heavier ones. Undefined where an end has no other neighbour.
 */
export function pathAbout({ topology, molecule, shapes }: IdealGeometry, j: number, k: number): number[] | undefined {
  const best = (from: number, to: number): number | undefined => {
    const isOxide = (atom: number) => shapes[from] === 'tetrahedral' && bondType(topology, atom, from) === DOUBLE;
    const weight = (atom: number) =>
      molecule.atomicNumbers[atom] + (ringSize(topology, [atom, from, to]) > 0 ? 2e3 : 0) - (isOxide(atom) ? 1e3 : 0);
    const others = topology.neighbours[from].filter((atom) => atom !== to);
    return others.sort((a, b) => weight(b) - weight(a) || a - b).at(0);
  };
  const [i, l] = [best(j, k), best(k, j)];
  return i === undefined || l === undefined || i === l ? undefined : [i, j, k, l];
}

function costsOf(geometry: IdealGeometry, j: number, k: number): Costs | undefined {
  const { shapes } = geometry;
  if (isStiff(geometry, j, k)) return STIFF;
  const planar = [j, k].filter((atom) => shapes[atom] === 'planar').length;
  const tetrahedral = [j, k].filter((atom) => shapes[atom] === 'tetrahedral').length;
  if (planar === 2) return costsBetweenPlanar(geometry, j, k);
  if (planar === 1 && tetrahedral === 1) return costsBesidePlanar(geometry, j, k);
  return tetrahedral === 2 ? costsBetweenTetrahedral(geometry, j, k) : undefined;
}

function costsBetweenPlanar({ molecule, topology }: IdealGeometry, j: number, k: number): Costs {
  if (ringSize(topology, [j, k]) > 0) return PLANAR_RING;
  const donors = [j, k].filter((atom) => molecule.atomicNumbers[atom] > CARBON && !hasMultipleBond(topology, atom));
  if (donors.length === 2) return PERPENDICULAR;
  if (donors.length === 1) return CONJUGATED_HETERO;
  const isAromatic = (atom: number) => topology.neighbours[atom].some((n) => bondType(topology, atom, n) === AROMATIC);
  return isAromatic(j) && isAromatic(k) ? BIARYL : CONJUGATED;
}

/** Whether an atom has a double, triple or aromatic bond: no lone pair of it is left to lend. */
export const hasMultipleBond = (topology: Topology, atom: number): boolean =>
  topology.neighbours[atom].some((other) => bondType(topology, atom, other) > 1);

function costsBesidePlanar({ molecule, shapes }: IdealGeometry, j: number, k: number): Costs | undefined {
  const other = shapes[j] === 'planar' ? k : j;
  return molecule.atomicNumbers[other] > 9 ? PERPENDICULAR : undefined;
}

function costsBetweenTetrahedral({ molecule }: IdealGeometry, j: number, k: number): Costs {
  const [a, b] = [molecule.atomicNumbers[j], molecule.atomicNumbers[k]];
  const hasLonePair = (element: number) => CHALCOGENS.includes(element) || element === NITROGEN;
  const isBare = (atom: number, element: number) => hasLonePair(element) && molecule.charges[atom] === 0;
  return isBare(j, a) && isBare(k, b) && !(a > 9 && b === NITROGEN) ? PERPENDICULAR : STAGGERED;
}
