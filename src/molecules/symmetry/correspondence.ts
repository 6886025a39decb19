import type { Molecule } from '../molecule.js';
import { refineColours } from './graph-symmetry.js';

/** The heavy atoms of two molecules side by side, those of the second after those of the first. */
interface SideBySide {
  readonly colours: Int32Array;
  readonly neighbours: readonly (readonly number[])[];
  readonly edgeColours: readonly (readonly number[])[];
  /** Heavy atoms of the first molecule. */
  readonly first: number;
}

/**
 * The ways to lay the graph of one molecule on that of another: elements, charges, hydrogens and types of bonds, but
 * not stereo. Each is a list of atoms of `from`, one for each atom of `to`; hydrogens on the same atom keep their
 * order. There is none where the molecules are different.
 */
export function* correspondences(to: Molecule, from: Molecule): Generator<Int32Array, void> {
  if (to.atomicNumbers.length !== from.atomicNumbers.length) return;
  const hydrogens = [hydrogensOf(to), hydrogensOf(from)] as const;
  const graph = sideBySide(to, from, hydrogens);
  const { first, colours } = graph;
  if (colours.length !== 2 * first) return;
  const [left, right] = [colours.slice(0, first).sort(), colours.slice(first).sort()];
  if (left.some((colour, k) => colour !== right[k])) return;
  for (const images of search(graph, walk(graph), new Int32Array(first).fill(-1), 0)) {
    yield withHydrogens(images, hydrogens, first);
  }
}

/** The hydrogens on each heavy atom; those on no heavy atom count as heavy atoms, with none of their own. */
function hydrogensOf({ atomicNumbers, bonds }: Molecule): ReadonlyMap<number, readonly number[]> {
  const lists = new Map<number, number[]>();
  const owned = new Set<number>();
  bonds.begin.forEach((i, k) => {
    const j = bonds.end[k];
    for (const [atom, other] of [
      [i, j],
      [j, i],
    ]) {
      if (atomicNumbers[atom] !== 1 || atomicNumbers[other] === 1) continue;
      lists.set(other, [...(lists.get(other) ?? []), atom]);
      owned.add(atom);
    }
  });
  atomicNumbers.forEach((_, atom) => {
    if (!owned.has(atom) && !lists.has(atom)) lists.set(atom, []);
  });
  return new Map([...lists].sort(([a], [b]) => a - b).map(([atom, list]) => [atom, list.sort((a, b) => a - b)]));
}

type Hydrogens = ReadonlyMap<number, readonly number[]>;

function sideBySide(to: Molecule, from: Molecule, hydrogens: readonly [Hydrogens, Hydrogens]): SideBySide {
  const keys: number[] = [];
  const neighbours: number[][] = [];
  const edgeColours: number[][] = [];
  for (const [side, { atomicNumbers, charges, bonds }] of [to, from].entries()) {
    const offset = keys.length;
    const places = new Map([...hydrogens[side].keys()].map((atom, k) => [atom, offset + k]));
    for (const [atom, own] of hydrogens[side]) {
      keys.push((atomicNumbers[atom] * 256 + charges[atom] + 128) * 16 + own.length);
      neighbours.push([]);
      edgeColours.push([]);
    }
    bonds.type.forEach((type, k) => {
      const [a, b] = [places.get(bonds.begin[k]), places.get(bonds.end[k])];
      if (a === undefined || b === undefined) return;
      neighbours[a].push(b);
      neighbours[b].push(a);
      edgeColours[a].push(type);
      edgeColours[b].push(type);
    });
  }
  const colours = refineColours({ colours: Int32Array.from(keys), neighbours, edgeColours });
  return { colours, neighbours, edgeColours, first: hydrogens[0].size };
}

/** The atoms of the first molecule, depth first: each with the one before it that it touches, or −1. */
function walk({ neighbours, first }: SideBySide): (readonly [atom: number, anchor: number])[] {
  const order: (readonly [number, number])[] = [];
  const seen = new Set<number>();
  const visit = (atom: number, anchor: number): void => {
    if (seen.has(atom)) return;
    seen.add(atom);
    order.push([atom, anchor]);
    for (const next of neighbours[atom]) visit(next, atom);
  };
  for (let atom = 0; atom < first; atom++) visit(atom, -1);
  return order;
}

function* search(
  graph: SideBySide,
  order: readonly (readonly [atom: number, anchor: number])[],
  images: Int32Array,
  at: number,
): Generator<Int32Array, void> {
  if (at === order.length) {
    yield images;
    return;
  }
  const [atom, anchor] = order[at];
  const all = Array.from({ length: graph.first }, (_, k) => graph.first + k);
  for (const place of anchor < 0 ? all : graph.neighbours[images[anchor]]) {
    if (images.includes(place) || !fits(graph, images, atom, place)) continue;
    images[atom] = place;
    yield* search(graph, order, images, at + 1);
    images[atom] = -1;
  }
}

/** Whether an atom can go to a place, beside those that have theirs. */
function fits({ colours, neighbours, edgeColours }: SideBySide, images: Int32Array, atom: number, place: number) {
  if (colours[atom] !== colours[place]) return false;
  return neighbours[atom].every((other, k) => {
    if (images[other] < 0) return true;
    const edge = neighbours[place].indexOf(images[other]);
    return edge >= 0 && edgeColours[place][edge] === edgeColours[atom][k];
  });
}

function withHydrogens(images: Int32Array, [to, from]: readonly [Hydrogens, Hydrogens], first: number): Int32Array {
  const pairs: (readonly [number, number])[] = [];
  const [ours, theirs] = [[...to], [...from]];
  images.forEach((image, k) => {
    const [[atom, own], [source, others]] = [ours[k], theirs[image - first]];
    pairs.push([atom, source], ...own.map((hydrogen, h) => [hydrogen, others[h]] as const));
  });
  const mapping = new Int32Array(pairs.length);
  for (const [atom, source] of pairs) mapping[atom] = source;
  return mapping;
}
