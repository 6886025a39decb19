import { type Adjacency, adjacencyOf, ringBonds } from '../../molecules/bond-graph/adjacency.js';
import { elementSymbol } from '../../molecules/elements.js';
import type { Molecule } from '../../molecules/molecule.js';

export const internalKinds = ['bond', 'angle', 'torsion'] as const;
export type InternalKind = (typeof internalKinds)[number];

/** A bond length, an angle between bonds, or a torsion about a bond. */
export interface InternalCoordinate {
  readonly kind: InternalKind;
  /** Elements and bonds on the way, `C–C=O`; the same from either end. */
  readonly type: string;
  /** Two, three or four atoms, each bonded to the next. */
  readonly atoms: readonly number[];
}

const BONDS: Readonly<Record<number, string>> = { 1: '–', 2: '=', 3: '≡', 12: ':' };

/** A molecule with what is asked of it over and over. */
interface Graph {
  readonly molecule: Molecule;
  readonly adjacency: Adjacency;
  readonly inRing: Uint8Array;
}

/**
 * All bonds and angles of a molecule and, between heavy atoms alone, its torsions, but for those about bonds to linear
 * atoms. The type of a torsion tells whether the bond in its middle is in a ring.
 */
export function internalCoordinates(molecule: Molecule): InternalCoordinate[] {
  const { begin, end, type } = molecule.bonds;
  const adjacency = adjacencyOf(molecule.atomicNumbers.length, molecule.bonds);
  const graph = { molecule, adjacency, inRing: ringBonds(adjacency, type.length) };
  const bonds = Array.from(begin, (i, k) => [i, end[k]]);
  const angles = adjacency.flatMap((around, atom) =>
    around.flatMap((one, k) => around.slice(k + 1).map((other) => [one.atom, atom, other.atom])),
  );
  const torsions = bonds.flatMap(([i, j]) => torsionsAbout(graph, i, j));
  const describe = (kind: InternalKind) => (atoms: readonly number[]) => ({ kind, type: typeOf(graph, atoms), atoms });
  return [...bonds.map(describe('bond')), ...angles.map(describe('angle')), ...torsions.map(describe('torsion'))];
}

/** None where the atoms on one side lie in line. */
function torsionsAbout(graph: Graph, i: number, j: number): number[][] {
  if (isLinear(graph, i) || isLinear(graph, j)) return [];
  const heavy = (of: number, but: number): number[] =>
    graph.adjacency[of]
      .map(({ atom }) => atom)
      .filter((atom) => atom !== but && graph.molecule.atomicNumbers[atom] !== 1);
  // In a ring of three the ends are the same atom.
  return heavy(i, j).flatMap((a) => heavy(j, i).flatMap((b) => (a === b ? [] : [[a, i, j, b]])));
}

/** Whether the two neighbours of an atom lie opposite each other: beside a triple bond, or between two double bonds. */
function isLinear({ molecule, adjacency }: Graph, atom: number): boolean {
  const types = adjacency[atom].map(({ bond }) => molecule.bonds.type[bond]);
  return types.length === 2 && (types.includes(3) || types.every((type) => type === 2));
}

function typeOf({ molecule, adjacency, inRing }: Graph, atoms: readonly number[]): string {
  const bonds = atoms.slice(1).map((atom, k) => adjacency[atoms[k]].find((link) => link.atom === atom)?.bond ?? -1);
  const parts = atoms.flatMap((atom, k) => {
    const symbol = elementSymbol(molecule.atomicNumbers[atom]);
    return k === 0 ? [symbol] : [BONDS[molecule.bonds.type[bonds[k - 1]]] ?? '~', symbol];
  });
  const [label] = [parts.join(''), [...parts].reverse().join('')].sort();
  return atoms.length === 4 && inRing[bonds[1]] === 1 ? `${label}, ring` : label;
}

/**
 * The value of a coordinate: a length in Å, an angle from 0 to 180°, the size of a torsion from 0° (cis) to 180°
 * (trans); which way round it goes is left out. NaN where atoms coincide.
 * @param positions [atoms · 3], Å
 */
export function measureInternal(atoms: readonly number[], positions: ArrayLike<number>): number {
  const steps = atoms.slice(1).map((atom, k) => difference(positions, atom, atoms[k]));
  if (steps.length === 1) return Math.hypot(...steps[0]);
  if (steps.length === 2) return 180 - angleBetween(steps[0], steps[1]);
  return angleBetween(crossProduct(steps[0], steps[1]), crossProduct(steps[1], steps[2]));
}

type Vector = readonly [number, number, number];

const difference = (positions: ArrayLike<number>, to: number, from: number): Vector => [
  positions[3 * to] - positions[3 * from],
  positions[3 * to + 1] - positions[3 * from + 1],
  positions[3 * to + 2] - positions[3 * from + 2],
];

const crossProduct = ([a, b, c]: Vector, [d, e, f]: Vector): Vector => [b * f - c * e, c * d - a * f, a * e - b * d];

/** In degrees; by the arc tangent, which loses no digits at 0 and 180°. */
function angleBetween(a: Vector, b: Vector): number {
  const across = Math.hypot(...crossProduct(a, b));
  const along = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return across === 0 && along === 0 ? Number.NaN : (Math.atan2(across, along) * 180) / Math.PI;
}
