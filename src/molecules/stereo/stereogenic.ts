import { BitBasis } from '../bond-graph/bit-basis.js';
import { type Constitution, type Skeleton, skeletonOf } from '../bond-graph/skeleton.js';
import { colouringOf, splitColours } from '../symmetry/colours.js';
import { type ColouredGraph, graphSymmetries } from '../symmetry/graph-symmetry.js';
import { permutationSign } from './stereo-signs.js';
import type { StereoUnit } from './stereo-units.js';

/** A unit whose two directions may differ. */
export interface Stereogenic {
  readonly unit: StereoUnit;
  /** Whether it takes the stereo of others to tell its neighbours apart. */
  readonly isDependent: boolean;
}

/**
 * Those of the candidates whose two directions may differ. One is dropped if some symmetry of the graph, which leaves
 * all others as they are, turns it round: whatever the others are, its two directions are then the same molecule. This
 * is repeated until none is left, because what has been dropped may be moved freely. Two units that turn round only
 * together, as in 1,4-dimethylcyclohexane, both stay.
 */
export function stereogenicUnits(molecule: Constitution, candidates: readonly StereoUnit[]): Stereogenic[] {
  if (candidates.length === 0) return [];
  const skeleton = skeletonOf(molecule);
  const colours = splitColours(colouringOf({ ...molecule, centres: [], stereoBonds: [] }), skeleton.kinds);
  const isLeaf = (atom: number): boolean => skeleton.links[atom].length === 1;
  const tiesOf = (unit: StereoUnit): number[] => ties(skeleton, unit, colours);
  let units = candidates.filter((unit) => !tiesOf(unit).some(isLeaf));
  while (units.some((unit) => tiesOf(unit).length > 0)) {
    const turned = turnedAlone(skeleton, colours, units);
    if (turned.size === 0) break;
    units = units.filter((_, k) => !turned.has(k));
  }
  return units.map((unit) => ({ unit, isDependent: tiesOf(unit).length > 0 }));
}

/** The ends of the bonds of a unit, or its atom. */
const seats = (unit: StereoUnit): readonly number[] =>
  unit.kind === 'centre' ? [unit.atom] : [unit.atoms[1], unit.atoms[2]];

/** The skeleton atoms around each seat of a unit that decide its direction. */
function arms(skeleton: Skeleton, unit: StereoUnit): number[][] {
  const own = seats(unit);
  return own.map((seat) => skeleton.links[seat].map(({ atom }) => atom).filter((atom) => !own.includes(atom)));
}

/** The atoms that share their seat with one of the same colour. */
function ties(skeleton: Skeleton, unit: StereoUnit, colours: Int32Array): number[] {
  return arms(skeleton, unit).flatMap((atoms) =>
    atoms.filter((atom) => atoms.some((other) => other !== atom && colours[other] === colours[atom])),
  );
}

/** The units, by number, that symmetries turn round one at a time. */
function turnedAlone(skeleton: Skeleton, colours: Int32Array, units: readonly StereoUnit[]): Set<number> {
  const { permutations } = graphSymmetries(withSeats(skeleton, colours, units), 1);
  const basis = new BitBasis();
  for (const permutation of permutations) {
    const turned = units.map((unit) => isTurned(skeleton, unit, permutation));
    basis.add(turned.reduce((bits, is, k) => (is ? bits | (1n << BigInt(k)) : bits), 0n));
  }
  return new Set([...units.keys()].filter((k) => basis.reduce(1n << BigInt(k)) === 0n));
}

/** The graph whose symmetries leave every unit where it is. */
function withSeats({ links }: Skeleton, colours: Int32Array, units: readonly StereoUnit[]): ColouredGraph {
  const marked = colours.slice();
  units.forEach((unit, k) => {
    for (const seat of seats(unit)) marked[seat] += (k + 1) * colours.length;
  });
  return {
    colours: marked,
    neighbours: links.map((list) => list.map(({ atom }) => atom)),
    edgeColours: links.map((list) => list.map(({ type }) => type)),
  };
}

function isTurned(skeleton: Skeleton, unit: StereoUnit, permutation: Int32Array): boolean {
  const signs = arms(skeleton, unit).map((atoms, k) => {
    const seat = seats(unit)[k];
    const place = seats(unit).indexOf(permutation[seat]);
    return permutationSign(
      atoms.map((atom) => permutation[atom]),
      arms(skeleton, unit)[place],
    );
  });
  return signs.reduce<number>((product, sign) => product * sign, 1) === -1;
}
