import { atomCount, type Bonds, type Molecule } from '../molecules/molecule.js';

/** What a network is told of a molecule. */
export interface MolecularGraph {
  readonly atoms: number;
  /** Atomic numbers, [atoms]. */
  readonly elements: Int32Array;
  /** [atoms, ATOM_FEATURES] */
  readonly atomFeatures: Float32Array;
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  /** What joins the ends of each edge, see {@link edgeKind}. */
  readonly edgeTypes: Int32Array;
  /** Centres whose hand is known: the atom, the four around, the sign; {@link CENTRE_NUMBERS} each. */
  readonly centres: Int32Array;
}

/** The numbers that describe a centre. */
export const CENTRE_NUMBERS = 6;

/** The neighbours of every atom, with the type of the bond. */
type Neighbours = readonly (readonly { readonly atom: number; readonly type: number }[])[];

function neighboursOf(atoms: number, { begin, end, type }: Bonds): Neighbours {
  const lists: { atom: number; type: number }[][] = Array.from({ length: atoms }, () => []);
  for (let k = 0; k < begin.length; k++) {
    lists[begin[k]].push({ atom: end[k], type: type[k] });
    lists[end[k]].push({ atom: begin[k], type: type[k] });
  }
  return lists;
}

/** Bonds on the shortest way between two atoms that avoids some; Infinity if there is none within `limit`. */
function distance(neighbours: Neighbours, from: number, to: number, avoid: readonly number[], limit: number): number {
  const seen = new Set([from, ...avoid]);
  let front = [from];
  for (let steps = 1; steps <= limit && front.length > 0; steps++) {
    const next: number[] = [];
    for (const at of front) {
      for (const { atom } of neighbours[at]) {
        // The bond itself is no way round it.
        if (atom === to && !(steps === 1 && avoid.length === 0)) return steps;
        if (atom === to || seen.has(atom)) continue;
        seen.add(atom);
        next.push(atom);
      }
    }
    front = next;
  }
  return Infinity;
}

/** Rings up to this size count as rings. */
const LARGEST_RING = 8;

/** The size of the smallest ring that holds a path of atoms, or Infinity. */
function ringSize(neighbours: Neighbours, path: readonly number[]): number {
  const inner = path.slice(1, -1);
  const rest = distance(neighbours, path[0], path[path.length - 1], inner, LARGEST_RING - path.length + 1);
  return rest + path.length - 1;
}

/** The kinds of edge, in the order of their numbers. */
export const edgeKinds = [
  'single',
  'double',
  'triple',
  'aromatic',
  'single in ring',
  'double in ring',
  'angle',
  'angle in ring of 4',
  'angle in ring of 5',
  'angle in ring of 6',
  'angle in larger ring',
  'torsion',
  'torsion about double or aromatic bond',
  'torsion, cis',
  'torsion, trans',
  'torsion in ring',
  'distance 4',
  'distance 5',
  'distance 6',
  'further',
] as const;
export type EdgeKind = (typeof edgeKinds)[number];

const numberOf = new Map<EdgeKind, number>(edgeKinds.map((kind, k) => [kind, k]));
const kindNumber = (kind: EdgeKind): number => numberOf.get(kind) ?? 0;

function bondKind(neighbours: Neighbours, i: number, j: number, type: number): EdgeKind {
  if (type === 12) return 'aromatic';
  if (type === 3) return 'triple';
  const isInRing = ringSize(neighbours, [i, j]) <= LARGEST_RING;
  if (type === 2) return isInRing ? 'double in ring' : 'double';
  return isInRing ? 'single in ring' : 'single';
}

function angleKind(neighbours: Neighbours, path: readonly number[]): EdgeKind {
  const size = ringSize(neighbours, path);
  if (size > LARGEST_RING) return 'angle';
  if (size > 6) return 'angle in larger ring';
  return `angle in ring of ${size as 4 | 5 | 6}`;
}

function torsionKind(neighbours: Neighbours, path: readonly number[], sides: Sides): EdgeKind {
  const side = sides.get(path.join()) ?? sides.get([...path].reverse().join());
  if (side) return `torsion, ${side}`;
  if (ringSize(neighbours, path) <= LARGEST_RING) return 'torsion in ring';
  const middle = neighbours[path[1]].find(({ atom }) => atom === path[2]);
  return middle?.type === 1 ? 'torsion' : 'torsion about double or aromatic bond';
}

/** Which side the ends of a path about a stereo double bond lie on, by the path. */
type Sides = ReadonlyMap<string, 'cis' | 'trans'>;

function sidesOf({ stereoBonds }: Molecule, neighbours: Neighbours): Sides {
  const sides = new Map<string, 'cis' | 'trans'>();
  for (const { atoms, side } of stereoBonds) {
    if (side === 'open') continue;
    const [a, b, c, d] = atoms;
    for (const { atom: first } of neighbours[b]) {
      for (const { atom: last } of neighbours[c]) {
        if (first === c || last === b) continue;
        const isSwapped = (first !== a) !== (last !== d);
        sides.set([first, b, c, last].join(), (side === 'cis') !== isSwapped ? 'cis' : 'trans');
      }
    }
  }
  return sides;
}

/** The shortest paths from an atom: at each atom within reach the way there, this atom first. */
function pathsFrom(neighbours: Neighbours, from: number): (readonly number[])[] {
  const paths: (readonly number[])[] = [];
  paths[from] = [from];
  let front = [from];
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      for (const { atom } of neighbours[at]) {
        if (paths[atom]) continue;
        paths[atom] = [...paths[at], atom];
        next.push(atom);
      }
    }
    front = next;
  }
  return paths;
}

function kindOf(neighbours: Neighbours, path: readonly number[], sides: Sides): EdgeKind {
  const bonds = path.length - 1;
  if (bonds === 1) {
    const type = neighbours[path[0]].find(({ atom }) => atom === path[1])?.type ?? 1;
    return bondKind(neighbours, path[0], path[1], type);
  }
  if (bonds === 2) return angleKind(neighbours, path);
  if (bonds === 3) return torsionKind(neighbours, path, sides);
  return bonds <= 6 ? `distance ${bonds as 4 | 5 | 6}` : 'further';
}

/** Atoms that see each other at any distance: all but hydrogens on carbon. */
function skeletonOf({ atomicNumbers }: Molecule, neighbours: Neighbours): boolean[] {
  return Array.from(
    atomicNumbers,
    (z, atom) => z !== 1 || neighbours[atom].some(({ atom: other }) => atomicNumbers[other] !== 6),
  );
}

function featuresOf({ atomicNumbers, charges, centres }: Molecule, neighbours: Neighbours, atom: number): number[] {
  const own = neighbours[atom];
  const has = (type: number): number => Number(own.some((bond) => bond.type === type));
  const rings = own.flatMap(({ atom: a }, k) =>
    own
      .slice(k + 1)
      .map(({ atom: b }) => (own.some(({ atom: c }) => c === a) ? ringSizeAt(neighbours, a, atom, b) : Infinity)),
  );
  const inRing = (size: number): number => Number(rings.includes(size));
  return [
    charges[atom],
    own.length / 4,
    own.filter(({ atom: other }) => atomicNumbers[other] === 1).length / 4,
    has(12),
    has(2),
    has(3),
    inRing(3),
    inRing(4),
    inRing(5),
    inRing(6),
    Number(rings.some((size) => size > 6 && size <= LARGEST_RING)),
    Number(centres.some((centre) => centre.atom === atom)),
  ];
}

/** The smallest ring through a, an atom between, and b; 3 where a and b are bonded. */
const ringSizeAt = (neighbours: Neighbours, a: number, middle: number, b: number): number =>
  neighbours[a].some(({ atom }) => atom === b) ? 3 : ringSize(neighbours, [a, middle, b]);

/** The graph of a molecule for the denoiser: all pairs up to three bonds apart, and all pairs of skeleton atoms. */
export function molecularGraph(molecule: Molecule): MolecularGraph {
  const atoms = atomCount(molecule);
  const neighbours = neighboursOf(atoms, molecule.bonds);
  const sides = sidesOf(molecule, neighbours);
  const skeleton = skeletonOf(molecule, neighbours);
  const edges: [receiver: number, sender: number, kind: number][] = [];
  for (let i = 0; i < atoms; i++) {
    const paths = pathsFrom(neighbours, i);
    for (let j = 0; j < atoms; j++) {
      const path = paths[j];
      if (i === j || !path) continue;
      if (path.length > 4 && !(skeleton[i] && skeleton[j])) continue;
      edges.push([i, j, kindNumber(kindOf(neighbours, path, sides))]);
    }
  }
  const known = molecule.centres.filter(({ hand }) => hand !== 0);
  return {
    atoms,
    elements: Int32Array.from(molecule.atomicNumbers),
    atomFeatures: Float32Array.from(
      Array.from({ length: atoms }, (_, k) => featuresOf(molecule, neighbours, k)).flat(),
    ),
    receivers: Int32Array.from(edges, ([receiver]) => receiver),
    senders: Int32Array.from(edges, ([, sender]) => sender),
    edgeTypes: Int32Array.from(edges, ([, , kind]) => kind),
    centres: Int32Array.from(known.flatMap(({ atom, around, hand }) => [atom, ...around, hand])),
  };
}
