import { atomCount, type Molecule } from '../molecule.js';
import { adjacencyOf } from './adjacency.js';
import { type Ring, relevantRings } from './rings.js';

/** Edges between atoms, both ways, sorted by row, then column. */
export interface ExtendedGraph {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  /** A bond's type (RDKit's codes 1, 2, 3, 12); 23 between atoms two bonds apart, 24 for three, and so on. */
  readonly types: Int32Array;
}

/** The type of an edge over two bonds; one more for each further bond. */
const SECOND_ORDER = 23;
const UNREACHED = 255;

/**
 * The bonds of a molecule and edges between atoms up to `order` bonds apart (Shi et al. 2021, section 4.1).
 * @throws RangeError if `order` is no whole number from 1 to 8
 */
export function extendedGraph(molecule: Molecule, order = 3): ExtendedGraph {
  if (!Number.isInteger(order) || order < 1 || order > 8) throw new RangeError(`order must be 1 to 8, not ${order}`);
  const atoms = atomCount(molecule);
  const distances = topologicalDistances(molecule);
  const { begin, end, type } = molecule.bonds;
  const bondTypes = new Map(Array.from(type, (code, bond) => [begin[bond] * atoms + end[bond], code]));
  const edges: [row: number, col: number, type: number][] = [];
  for (let row = 0; row < atoms; row++) {
    for (let col = 0; col < atoms; col++) {
      const distance = distances[row * atoms + col];
      if (distance === 0 || distance > order) continue;
      const bond = bondTypes.get(Math.min(row, col) * atoms + Math.max(row, col));
      edges.push([row, col, bond ?? SECOND_ORDER + distance - 2]);
    }
  }
  return {
    rows: Int32Array.from(edges, ([row]) => row),
    cols: Int32Array.from(edges, ([, col]) => col),
    types: Int32Array.from(edges, ([, , code]) => code),
  };
}

/** Bonds on the shortest way between any two atoms, [atoms · atoms]; 255 for 255 or more, and where there is no way. */
export function topologicalDistances(molecule: Molecule): Uint8Array {
  const atoms = atomCount(molecule);
  const adjacency = adjacencyOf(atoms, molecule.bonds);
  const distances = new Uint8Array(atoms * atoms).fill(UNREACHED);
  for (let start = 0; start < atoms; start++) {
    const row = distances.subarray(start * atoms, (start + 1) * atoms);
    row[start] = 0;
    const queue = [start];
    for (const atom of queue) {
      for (const { atom: next } of adjacency[atom]) {
        if (row[next] !== UNREACHED || row[atom] >= UNREACHED - 1) continue;
        row[next] = row[atom] + 1;
        queue.push(next);
      }
    }
  }
  return distances;
}

/** The rings of a molecule, smallest first, and the size of the smallest one at each atom and bond; 0 outside of rings. */
export interface MoleculeRings {
  readonly rings: readonly Ring[];
  readonly atomSizes: Uint16Array;
  readonly bondSizes: Uint16Array;
}

/** The rings that are no sum of smaller ones, as {@link relevantRings} has them. */
export function moleculeRings(molecule: Molecule): MoleculeRings {
  const bonds = molecule.bonds.type.length;
  const rings = relevantRings(adjacencyOf(atomCount(molecule), molecule.bonds), bonds);
  const atomSizes = new Uint16Array(atomCount(molecule));
  const bondSizes = new Uint16Array(bonds);
  for (const ring of rings.toReversed()) {
    for (const atom of ring.atoms) atomSizes[atom] = ring.atoms.length;
    for (const bond of ring.bonds) bondSizes[bond] = ring.bonds.length;
  }
  return { rings, atomSizes, bondSizes };
}
