import type { Rng } from '../../random/generator.js';
import { adjacencyOf } from '../bond-graph/adjacency.js';
import { relevantRings } from '../bond-graph/rings.js';
import type { IdealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { torsionAngle } from './torsion-moves.js';
import type { TorsionTerms } from './torsion-terms.js';

/** A saturated ring of six. */
export interface ChairRing {
  /** In their order around the ring. */
  readonly atoms: readonly number[];
  /** What stands at each atom: heavy neighbours outside of the ring, and the other neighbour there, if any. */
  readonly branches: readonly { readonly place: number; readonly atom: number; readonly other: number | undefined }[];
  /** Whether it shares no atom with another ring, so that it may turn over. */
  readonly isFree: boolean;
}

/** Torsions in a chair, in radians, and what it costs in kcal/mol to turn from them. */
const CHAIR = (55 / 180) * Math.PI;
const COST = 6;
/** What an axial branch costs, in units of the spread of energies that is wanted. */
const AXIAL = 1;
const HYDROGEN = 1;

/** The saturated rings of six that are part of no cage. */
export function chairRings({ molecule, topology, shapes }: IdealGeometry): ChairRing[] {
  const { bonds, atomicNumbers } = molecule;
  const rings = relevantRings(adjacencyOf(topology.atoms, bonds), bonds.begin.length).map(({ atoms }) => atoms);
  const shared = (ring: readonly number[]): number =>
    Math.max(0, ...rings.map((other) => (other === ring ? 0 : other.filter((atom) => ring.includes(atom)).length)));
  const isChair = (ring: readonly number[]): boolean =>
    ring.length === 6 && ring.every((atom) => shapes[atom] === 'tetrahedral') && shared(ring) <= 2;
  return rings.filter(isChair).map((atoms) => ({
    atoms,
    isFree: shared(atoms) === 0,
    branches: atoms.flatMap((at, place) => {
      const outside = topology.neighbours[at].filter((atom) => !atoms.includes(atom));
      const heavy = outside.filter((atom) => atomicNumbers[atom] !== HYDROGEN);
      return heavy.map((atom) => ({ place, atom, other: outside.find((next) => next !== atom) }));
    }),
  }));
}

/**
 * What draws each ring to a chair: fused ones to the one that they resemble more; of the two of a free ring one with
 * its branches in equatorial places is taken more often. A branch of an atom that can turn inside out, as nitrogen
 * does, is drawn to the equator.
 */
export function chairTerms(rings: readonly ChairRing[], positions: Float64Array, rng: Rng): TorsionTerms {
  const atoms: number[] = [];
  const costs: number[] = [];
  const draw = (path: readonly number[], wanted: number): void => {
    atoms.push(...path);
    costs.push(-COST * Math.cos(wanted), 0, 0, -COST * Math.sin(wanted));
  };
  for (const ring of rings) {
    const side = ring.isFree ? preferredSide(ring, positions, rng) : resembledSide(ring, positions);
    for (let k = 0; k < 6; k++) draw(pathFrom(ring, k), (k % 2 === 0 ? side : -side) * CHAIR);
    for (const { place, atom, other } of ring.branches) {
      const [, near, next] = pathFrom(ring, place + 5);
      if (other === undefined) draw([atom, near, next, ring.atoms[(place + 2) % 6]], Math.PI);
    }
  }
  return { atoms: Int32Array.from(atoms), costs: Float64Array.from(costs) };
}

const pathFrom = ({ atoms }: ChairRing, k: number): number[] => [0, 1, 2, 3].map((step) => atoms[(k + step) % 6]);

/** 1 for the chair in which the torsions of paths from even places are positive, −1 for the other. */
function resembledSide(ring: ChairRing, positions: Float64Array): 1 | -1 {
  const torsions = ring.atoms.map((_, k) => (k % 2 === 0 ? 1 : -1) * torsionAngle(positions, pathFrom(ring, k)));
  return torsions.reduce((sum, value) => sum + value) < 0 ? -1 : 1;
}

function preferredSide(ring: ChairRing, positions: Float64Array, rng: Rng): 1 | -1 {
  const balance = ring.branches.reduce((sum, { place, atom, other }) => {
    if (other === undefined) return sum;
    const isUp = heightDifference(ring, positions, atom, other) > 0;
    // In the chair of side 1 the atoms at even places stand below the middle of the ring.
    return sum + (isUp === (place % 2 === 0) ? -1 : 1);
  }, 0);
  // balance is the number of axial branches on side 1 less that on side −1
  return rng.uniform() < 1 / (1 + Math.exp(AXIAL * balance)) ? 1 : -1;
}

/** How much higher one atom stands than another over the ring, seen so that its atoms go round counterclockwise. */
function heightDifference({ atoms }: ChairRing, x: Float64Array, atom: number, other: number): number {
  const normal = [0, 0, 0];
  for (const [k, a] of atoms.entries()) {
    const b = atoms[(k + 1) % 6];
    for (let axis = 0; axis < 3; axis++) {
      const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
      const from = 3 * atoms[0];
      const [ap, aq] = [x[3 * a + p] - x[from + p], x[3 * a + q] - x[from + q]];
      const [bp, bq] = [x[3 * b + p] - x[from + p], x[3 * b + q] - x[from + q]];
      normal[axis] += ap * bq - aq * bp;
    }
  }
  return normal.reduce((sum, value, axis) => sum + value * (x[3 * atom + axis] - x[3 * other + axis]), 0);
}
