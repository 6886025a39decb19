import { bondType, ringSize, type Topology, topologyOf } from '../../molecules/bond-graph/topology.js';
import type { Molecule } from '../../molecules/molecule.js';

/** What a network knows of a molecule. */
export interface MolecularGraph {
  readonly atoms: number;
  /** [atoms] */
  readonly atomicNumbers: Int32Array;
  /** [atoms, ATOM_FEATURES] */
  readonly atomFeatures: Float32Array;
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  /** What joins the ends of each edge, see `edgeKind`. */
  readonly edgeTypes: Int32Array;
  /** Centres whose hand is known: the atom, the four around, the sign; `CENTRE_NUMBERS` each. */
  readonly centres: Int32Array;
}

/** The numbers that describe a centre. */
export const CENTRE_NUMBERS = 6;

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

function bondKind(topology: Topology, path: readonly number[]): EdgeKind {
  const type = bondType(topology, path[0], path[1]);
  if (type === 12) return 'aromatic';
  if (type === 3) return 'triple';
  const isInRing = ringSize(topology, path) > 0;
  if (type === 2) return isInRing ? 'double in ring' : 'double';
  return isInRing ? 'single in ring' : 'single';
}

function angleKind(topology: Topology, path: readonly number[]): EdgeKind {
  const size = ringSize(topology, path);
  if (size === 0) return 'angle';
  if (size > 6) return 'angle in larger ring';
  return `angle in ring of ${size as 4 | 5 | 6}`;
}

function torsionKind(topology: Topology, path: readonly number[], sides: Sides): EdgeKind {
  const side = sides.get(path.join()) ?? sides.get([...path].reverse().join());
  if (side) return `torsion, ${side}`;
  if (ringSize(topology, path) > 0) return 'torsion in ring';
  return bondType(topology, path[1], path[2]) === 1 ? 'torsion' : 'torsion about double or aromatic bond';
}

/** Which side the ends of a path about a stereo double bond lie on, by the path. */
type Sides = ReadonlyMap<string, 'cis' | 'trans'>;

function sidesOf({ stereoBonds }: Molecule, { neighbours }: Topology): Sides {
  const sides = new Map<string, 'cis' | 'trans'>();
  for (const { atoms, side } of stereoBonds) {
    if (side === 'open') continue;
    const [a, b, c, d] = atoms;
    for (const first of neighbours[b]) {
      for (const last of neighbours[c]) {
        if (first === c || last === b) continue;
        const isSwapped = (first !== a) !== (last !== d);
        sides.set([first, b, c, last].join(), (side === 'cis') !== isSwapped ? 'cis' : 'trans');
      }
    }
  }
  return sides;
}

/** The shortest paths from an atom: at each atom within reach the way there, this atom first. */
function pathsFrom({ neighbours }: Topology, from: number): (readonly number[])[] {
  const paths: (readonly number[])[] = [];
  paths[from] = [from];
  let front = [from];
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      for (const atom of neighbours[at]) {
        if (paths[atom]) continue;
        paths[atom] = [...paths[at], atom];
        next.push(atom);
      }
    }
    front = next;
  }
  return paths;
}

function kindOf(topology: Topology, path: readonly number[], sides: Sides): EdgeKind {
  const bonds = path.length - 1;
  if (bonds === 1) return bondKind(topology, path);
  if (bonds === 2) return angleKind(topology, path);
  if (bonds === 3) return torsionKind(topology, path, sides);
  return bonds <= 6 ? `distance ${bonds as 4 | 5 | 6}` : 'further';
}

/** Atoms that see each other at any distance: all but hydrogens on carbon. */
function skeletonOf({ atomicNumbers }: Molecule, { neighbours }: Topology): boolean[] {
  return Array.from(
    atomicNumbers,
    (z, atom) => z !== 1 || neighbours[atom].some((other) => atomicNumbers[other] !== 6),
  );
}

function featuresOf({ atomicNumbers, charges, centres }: Molecule, topology: Topology, atom: number): number[] {
  const own = topology.neighbours[atom];
  const has = (type: number): number => Number(own.some((other) => bondType(topology, atom, other) === type));
  const rings = own.flatMap((a, k) => own.slice(k + 1).map((b) => ringSize(topology, [a, atom, b])));
  const inRing = (size: number): number => Number(rings.includes(size));
  return [
    charges[atom],
    own.length / 4,
    own.filter((other) => atomicNumbers[other] === 1).length / 4,
    has(12),
    has(2),
    has(3),
    inRing(3),
    inRing(4),
    inRing(5),
    inRing(6),
    Number(rings.some((size) => size > 6)),
    Number(centres.some((centre) => centre.atom === atom)),
  ];
}

/** The graph of a molecule for the denoiser: all pairs up to three bonds apart, and all pairs of skeleton atoms. */
export function molecularGraph(molecule: Molecule): MolecularGraph {
  const topology = topologyOf(molecule);
  const { atoms } = topology;
  const sides = sidesOf(molecule, topology);
  const skeleton = skeletonOf(molecule, topology);
  const edges: [receiver: number, sender: number, kind: number][] = [];
  for (let i = 0; i < atoms; i++) {
    const paths = pathsFrom(topology, i);
    for (let j = 0; j < atoms; j++) {
      const path = paths[j];
      if (i === j || !path) continue;
      if (path.length > 4 && !(skeleton[i] && skeleton[j])) continue;
      edges.push([i, j, kindNumber(kindOf(topology, path, sides))]);
    }
  }
  const known = molecule.centres.filter(({ hand }) => hand !== 0);
  return {
    atoms,
    atomicNumbers: Int32Array.from(molecule.atomicNumbers),
    atomFeatures: Float32Array.from(Array.from({ length: atoms }, (_, k) => featuresOf(molecule, topology, k)).flat()),
    receivers: Int32Array.from(edges, ([receiver]) => receiver),
    senders: Int32Array.from(edges, ([, sender]) => sender),
    edgeTypes: Int32Array.from(edges, ([, , kind]) => kind),
    centres: Int32Array.from(known.flatMap(({ atom, around, hand }) => [atom, ...around, hand])),
  };
}
