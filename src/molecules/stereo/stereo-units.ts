import { type Adjacency, adjacencyOf } from '../bond-graph/adjacency.js';
import type { Ring } from '../bond-graph/rings.js';
import type { Constitution } from '../bond-graph/skeleton.js';

/** An atom, or a double bond, about which the neighbours may lie in two ways; whether these differ is yet to be seen. */
export type StereoUnit = CentreUnit | BondUnit;

export interface CentreUnit {
  readonly kind: 'centre';
  readonly atom: number;
  /** As in a `TetrahedralCentre`. */
  readonly around: readonly [number, number, number, number];
}

export interface BondUnit {
  readonly kind: 'bond';
  /** As in a `StereoBond`. */
  readonly atoms: readonly [number, number, number, number];
}

/** Double bonds in smaller rings have one side only. */
const SMALLEST_STEREO_RING = 8;
const [CARBON, NITROGEN] = [6, 7];
/** P, As */
const PYRAMIDAL = [15, 33];
const NITROGEN_FAMILY = [NITROGEN, ...PYRAMIDAL];
/** S, Se, Te */
const CHALCOGENS = [16, 34, 52];

/** The atoms and double bonds whose geometry allows for stereo, by their neighbours alone. */
export function candidateUnits(molecule: Constitution, rings: readonly Ring[]): StereoUnit[] {
  const adjacency = adjacencyOf(molecule.atomicNumbers.length, molecule.bonds);
  const small = new Set(rings.flatMap(({ bonds }) => (bonds.length < SMALLEST_STEREO_RING ? bonds : [])));
  const centres = [...adjacency.keys()].flatMap((atom) => centreAt(molecule, adjacency, atom) ?? []);
  const bonds = [...molecule.bonds.type.keys()].flatMap((bond) =>
    molecule.bonds.type[bond] === 2 && !small.has(bond) ? (bondAt(molecule, adjacency, bond) ?? []) : [],
  );
  return [...centres, ...bonds];
}

function centreAt(molecule: Constitution, adjacency: Adjacency, atom: number): CentreUnit | undefined {
  const around = adjacency[atom].map((link) => link.atom);
  const hydrogens = around.filter((other) => molecule.atomicNumbers[other] === 1).length;
  if (around.length === 3 && hydrogens === 0 && keepsPyramid(molecule, adjacency, atom)) around.push(atom);
  if (around.length !== 4 || hydrogens > 1) return undefined;
  const [a, b, c, d] = around;
  return { kind: 'centre', atom, around: [a, b, c, d] };
}

/** Whether three neighbours and a lone pair stay as they are; nitrogen turns inside out. */
function keepsPyramid({ atomicNumbers, charges, bonds }: Constitution, adjacency: Adjacency, atom: number): boolean {
  const total = adjacency[atom].reduce((sum, { bond }) => sum + bonds.type[bond], 0);
  if (PYRAMIDAL.includes(atomicNumbers[atom])) return total === 3;
  return CHALCOGENS.includes(atomicNumbers[atom]) && total === 3 + (charges[atom] === 1 ? 0 : 1);
}

function bondAt(molecule: Constitution, adjacency: Adjacency, bond: number): BondUnit | undefined {
  const [b, c] = [molecule.bonds.begin[bond], molecule.bonds.end[bond]];
  const [a, d] = [endNeighbour(molecule, adjacency, b, bond), endNeighbour(molecule, adjacency, c, bond)];
  return a === undefined || d === undefined ? undefined : { kind: 'bond', atoms: [a, b, c, d] };
}

/** The neighbour of lowest number at one end of a double bond; undefined where the end has no two sides. */
function endNeighbour(molecule: Constitution, adjacency: Adjacency, end: number, bond: number): number | undefined {
  const { atomicNumbers, charges, bonds } = molecule;
  const others = adjacency[end].filter((link) => link.bond !== bond);
  if (others.some((link) => bonds.type[link.bond] === 2 || bonds.type[link.bond] === 3)) return undefined;
  const [element, charge] = [atomicNumbers[end], charges[end]];
  const isPlanar = others.length === 2 && (element === CARBON || (element === NITROGEN && charge === 1));
  const hasPair =
    others.length === 1 &&
    ((NITROGEN_FAMILY.includes(element) && charge === 0) || (element === CARBON && charge === -1));
  if (!isPlanar && !hasPair) return undefined;
  const isHydrogens = others.length === 2 && others.every((link) => atomicNumbers[link.atom] === 1);
  return isHydrogens ? undefined : others[0].atom;
}
