import { bondType, ringSize, type Topology } from '../bond-graph/topology.js';
import type { Molecule } from '../molecule.js';
import type { AtomShape } from './atom-shapes.js';

/** What a bond angle is usually like, in degrees, and how far from it one may find it. */
export interface IdealAngle {
  readonly degrees: number;
  readonly tolerance: number;
}

const [HYDROGEN, NITROGEN, OXYGEN, PHOSPHORUS] = [1, 7, 8, 15];
const CHALCOGENS: readonly number[] = [16, 34, 52];
const DOUBLE = 2;

/** Degrees inside rings of 3 to 8 atoms, by the shape of the atom at the corner. */
const RING_PLANAR = [0, 0, 0, 60, 91, 108, 120, 126, 128];
const RING_TETRAHEDRAL = [0, 0, 0, 60, 89, 103.5, 111, 114, 115];

/** The usual angle a–centre–b; undefined where anything may be. */
export function idealAngle(
  molecule: Molecule,
  topology: Topology,
  shapes: readonly AtomShape[],
  [a, centre, b]: readonly [number, number, number],
): IdealAngle | undefined {
  const shape = shapes[centre];
  if (shape === 'open') return undefined;
  const ring = ringSize(topology, [a, centre, b]);
  if (ring > 0) return { degrees: insideRing(molecule, centre, shape, ring), tolerance: ring < 6 ? 3 : 2 };
  if (shape === 'linear') return { degrees: 180, tolerance: 4 };
  const planar = shape === 'planar' && topology.neighbours[centre].length === 3;
  if (planar) return outsideRings(molecule, topology, [a, centre, b]);
  return { degrees: atCorner(molecule, topology, shape, [a, centre, b]), tolerance: 2.5 };
}

function insideRing({ atomicNumbers }: Molecule, centre: number, shape: AtomShape, ring: number): number {
  if (CHALCOGENS.includes(atomicNumbers[centre]) && ring > 3) return ring === 5 ? 92 : ring === 4 ? 77 : 98;
  if (shape === 'linear') return ring < 8 ? 140 : 160;
  return (shape === 'planar' ? RING_PLANAR : RING_TETRAHEDRAL)[ring];
}

/** About a planar atom of three neighbours angles sum to 360°: what rings do not take is left to the others. */
function outsideRings(
  molecule: Molecule,
  topology: Topology,
  [a, centre, b]: readonly [number, number, number],
): IdealAngle {
  const [third] = topology.neighbours[centre].filter((atom) => atom !== a && atom !== b);
  const rings = [a, b].map((end) => ringSize(topology, [end, centre, third]));
  const taken = rings.map((ring) => (ring > 0 ? insideRing(molecule, centre, 'planar', ring) : 0));
  if (rings[0] > 0 && rings[1] > 0) return { degrees: Math.min(165, 360 - taken[0] - taken[1]), tolerance: 4 };
  if (rings[0] > 0 || rings[1] > 0) return { degrees: (360 - Math.max(...taken)) / 2, tolerance: 5 };
  const isDouble = (end: number) => bondType(topology, end, centre) === DOUBLE;
  const isLight = (end: number) => molecule.atomicNumbers[end] === HYDROGEN;
  if (isDouble(third)) return { degrees: isLight(a) || isLight(b) ? 116 : 115, tolerance: 3.5 };
  return { degrees: isDouble(a) || isDouble(b) ? 122 : 120, tolerance: 3.5 };
}

/** About atoms that are not planar, and bent ones of two neighbours. */
function atCorner(
  molecule: Molecule,
  topology: Topology,
  shape: AtomShape,
  [a, centre, b]: readonly [number, number, number],
): number {
  const { atomicNumbers } = molecule;
  const around = topology.neighbours[centre];
  const hydrogens = Number(atomicNumbers[a] === HYDROGEN) + Number(atomicNumbers[b] === HYDROGEN);
  const doubles = [a, b].filter((end) => bondType(topology, end, centre) === DOUBLE).length;
  if (around.length === 4) return amongFour(topology, centre, around, hydrogens, doubles);
  if (CHALCOGENS.includes(atomicNumbers[centre]))
    return around.length === 3 ? [97, 107, 115][doubles] : 100 - 2 * hydrogens;
  if (atomicNumbers[centre] === PHOSPHORUS) return 100;
  if (atomicNumbers[centre] === OXYGEN) return hydrogens > 0 ? 107 : shape === 'planar' ? 118 : 112;
  if (atomicNumbers[centre] === NITROGEN) return shape === 'planar' ? 116 - 5 * hydrogens : 111 - 2 * hydrogens;
  return shape === 'planar' ? 120 : 109.5;
}

function amongFour(
  topology: Topology,
  centre: number,
  around: readonly number[],
  hydrogens: number,
  doubles: number,
): number {
  if (doubles > 0) return doubles === 2 ? 120 : 108;
  const hasDoubles = around.some((end) => bondType(topology, end, centre) === DOUBLE);
  if (hasDoubles) return 103;
  const smallest = Math.min(...around.map((end) => ringSize(topology, [end, centre]) || 9));
  if (smallest === 3) return hydrogens === 2 ? 115 : 117;
  if (smallest === 4) return hydrogens === 2 ? 109 : 113;
  return 111.5 - 2 * hydrogens;
}
