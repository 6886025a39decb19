import { atomCount, type Molecule } from '../molecule.js';
import { topologicalDistances } from './extended-graph.js';

/** Who is bonded to whom, and how far apart atoms are along bonds. */
export interface Topology {
  readonly atoms: number;
  /** The neighbours of each atom, in ascending order. */
  readonly neighbours: readonly (readonly number[])[];
  /** Bond types [atoms, atoms], RDKit's codes; 0 where there is no bond. */
  readonly bondTypes: Uint8Array;
  /** Bonds on the shortest way between two atoms [atoms, atoms]; 255 for more, or where there is no way. */
  readonly separations: Uint8Array;
}

/** Rings above this size do not count as rings. */
const LARGEST_RING = 8;
const FAR = 255;

export function topologyOf(molecule: Molecule): Topology {
  const atoms = atomCount(molecule);
  const lists: number[][] = Array.from({ length: atoms }, () => []);
  const bondTypes = new Uint8Array(atoms * atoms);
  const { begin, end, type } = molecule.bonds;
  for (let bond = 0; bond < begin.length; bond++) {
    const [i, j] = [begin[bond], end[bond]];
    lists[i].push(j);
    lists[j].push(i);
    bondTypes[i * atoms + j] = bondTypes[j * atoms + i] = type[bond];
  }
  const neighbours = lists.map((list) => list.sort((a, b) => a - b));
  return { atoms, neighbours, bondTypes, separations: topologicalDistances(molecule) };
}

/** The type of the bond between two atoms, or 0. */
export const bondType = ({ atoms, bondTypes }: Topology, i: number, j: number): number => bondTypes[i * atoms + j];

/**
 * The size of the smallest ring of at most 8 atoms that holds a path of two to four atoms, in that order; 0 if none.
 */
export function ringSize({ neighbours }: Topology, path: readonly number[]): number {
  const [first, last] = [path[0], path[path.length - 1]];
  const left = LARGEST_RING - path.length + 1;
  const walled = path.slice(1, -1);
  // The bond of a path of two is no way round itself.
  const starts = path.length === 2 ? neighbours[first].filter((atom) => atom !== last) : [first];
  const taken = path.length === 2 ? 1 : 0;
  const lengths = starts.map((start) =>
    start === last ? FAR : taken + distancesFrom(neighbours, start, taken ? [first] : walled, left - taken)[last],
  );
  const shortest = Math.min(FAR, ...lengths);
  return shortest > left ? 0 : shortest + path.length - 1;
}

/** Breadth first; atoms in `walled` are not entered. */
function distancesFrom(
  neighbours: Topology['neighbours'],
  from: number,
  walled: readonly number[],
  limit: number,
): Uint8Array {
  const distances = new Uint8Array(neighbours.length).fill(FAR);
  distances[from] = 0;
  let front = [from];
  for (let steps = 1; steps <= limit && front.length > 0; steps++) {
    const next: number[] = [];
    for (const atom of front) {
      for (const other of neighbours[atom]) {
        if (distances[other] !== FAR || walled.includes(other)) continue;
        distances[other] = steps;
        next.push(other);
      }
    }
    front = next;
  }
  return distances;
}

/** The atoms on the far side of a bond i–j that is in no ring: j and all that hangs on it. */
export function sideOf({ neighbours }: Topology, i: number, j: number): number[] {
  const distances = distancesFrom(neighbours, j, [i], FAR - 1);
  return Array.from(distances.keys()).filter((atom) => distances[atom] !== FAR);
}
