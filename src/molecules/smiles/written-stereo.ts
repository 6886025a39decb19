import { adjacencyOf } from '../bond-graph/adjacency.js';
import type { StereoBond, TetrahedralCentre } from '../molecule.js';
import type { LewisStructure } from '../perception/lewis-structure.js';
import type { SmilesGraph } from './graph.js';

/** The stereo that a SMILES writes, in the numbers of its structure, whether or not it means anything there. */
export interface WrittenStereo {
  readonly centres: readonly TetrahedralCentre[];
  readonly stereoBonds: readonly StereoBond[];
  /** Double bonds with marks that contradict each other: the ends, and the place of such a mark. */
  readonly conflicts: readonly { readonly ends: readonly [number, number]; readonly position: number }[];
}

/** @param places the number in the structure of each atom of the text */
export function smilesStereo(graph: SmilesGraph, structure: LewisStructure, places: Int32Array): WrittenStereo {
  const centres = [...graph.atoms.keys()].flatMap((atom) => centreAt(graph, structure, places, atom) ?? []);
  const doubles = graph.bonds.flatMap(({ symbol }, bond) => (symbol === '=' ? [sidesOf(graph, places, bond)] : []));
  return {
    centres,
    stereoBonds: doubles.flatMap((found) => ('side' in found ? [found] : [])),
    conflicts: doubles.flatMap((found) => ('ends' in found ? [found] : [])),
  };
}

function centreAt(
  graph: SmilesGraph,
  { atomicNumbers, bonds }: LewisStructure,
  places: Int32Array,
  atom: number,
): TetrahedralCentre | undefined {
  const { chirality, hydrogens } = graph.atoms[atom];
  if (chirality === undefined) return undefined;
  const own = graph.order[atom];
  const written = own.map((bond) => places[otherEnd(graph, bond, atom)]);
  const all = adjacencyOf(atomicNumbers.length, bonds)[places[atom]].map((link) => link.atom);
  const left = all.filter((other) => !written.includes(other));
  // The centre itself stands for a lone pair, which follows the first neighbour that is written, as RDKit has it.
  const hasPair = left.length === 0 && written.length === 3;
  const unwritten = hasPair ? [places[atom]] : left;
  if (written.length + unwritten.length !== 4 || unwritten.length > 1 || (hydrogens ?? 0) > 1) return undefined;
  const first = own.at(0);
  const hasPrevious = first !== undefined && graph.bonds[first].to === atom && !graph.bonds[first].isRingBond;
  const [a, b, c, d] = written.toSpliced(hasPrevious || hasPair ? 1 : 0, 0, ...unwritten);
  return { atom: places[atom], around: [a, b, c, d], hand: chirality === '@' ? 1 : -1 };
}

const otherEnd = ({ bonds }: SmilesGraph, bond: number, atom: number): number =>
  bonds[bond].from === atom ? bonds[bond].to : bonds[bond].from;

/** A neighbour of an end of a double bond that a mark puts above (1) or below (−1) it. */
interface Mark {
  readonly neighbour: number;
  readonly side: 1 | -1;
  readonly position: number;
}

function marksAt(graph: SmilesGraph, end: number): Mark[] {
  return graph.order[end].flatMap((bond): Mark[] => {
    const { symbol, from, position } = graph.bonds[bond];
    if (symbol !== '/' && symbol !== '\\') return [];
    const isAbove = (symbol === '/') === (from === end);
    return [{ neighbour: otherEnd(graph, bond, end), side: isAbove ? 1 : -1, position }];
  });
}

function sidesOf(
  graph: SmilesGraph,
  places: Int32Array,
  bond: number,
): StereoBond | WrittenStereo['conflicts'][number] | Record<never, never> {
  const { from, to } = graph.bonds[bond];
  const [b, c] = places[from] < places[to] ? [from, to] : [to, from];
  const [left, right] = [marksAt(graph, b), marksAt(graph, c)];
  const clash = [left, right].find((marks) => marks.length > 1 && marks[0].side === marks[1].side);
  if (clash) return { ends: [places[b], places[c]] as const, position: clash[1].position };
  if (left.length === 0 || right.length === 0) return {};
  return {
    atoms: [places[left[0].neighbour], places[b], places[c], places[right[0].neighbour]],
    side: left[0].side === right[0].side ? 'cis' : 'trans',
  };
}
