import { heavyAtoms, type Molecule } from '../molecule.js';
import { type ColouredGraph, graphSymmetries, type Symmetries } from './graph-symmetry.js';

export type { Symmetries };

/** Which symmetries {@link automorphisms} counts, and how many at most. */
export interface AutomorphismOptions {
  /** The atoms that count: those that are not hydrogen, or all. Default `heavy`. */
  readonly atoms?: 'heavy' | 'all';
  /**
   * Takes terminal O and N that share a double bond with another such atom on the same neighbour for alike, whatever
   * the drawing says: the oxygens of a carboxylate, a carboxylic acid, a nitro or sulfo group. Default false.
   */
  readonly symmetrizeConjugatedTerminalGroups?: boolean;
  /** Above this number a generating set is returned instead; see {@link Symmetries}. Default 10,000. */
  readonly limit?: number;
}

/** What drug-like molecules stay far below: 864 is the most that 4,000 of them have, 4 the mean. */
const LIMIT = 10_000;

/**
 * The permutations of a molecule's atoms that leave its graph as it is: elements, charges, and types of bonds. Stereo
 * and the places of the hydrogens do not count, as in RDKit's substructure search of a molecule in itself.
 *
 * @returns for `heavy`, permutations of as many numbers as there are heavy atoms, which come first in a molecule
 */
export function automorphisms(
  molecule: Molecule,
  { atoms = 'heavy', symmetrizeConjugatedTerminalGroups = false, limit = LIMIT }: AutomorphismOptions = {},
): Symmetries {
  const size = atoms === 'all' ? molecule.atomicNumbers.length : heavyAtoms(molecule).length;
  const terminal = symmetrizeConjugatedTerminalGroups ? conjugatedTerminals(molecule) : new Set<number>();
  return graphSymmetries(molecularGraph(molecule, size, terminal), limit);
}

/** No type of bond: one in a conjugated terminal group, single or double. */
const SINGLE_OR_DOUBLE = 0;

/** The first `size` atoms and the bonds among them. */
function molecularGraph(molecule: Molecule, size: number, alike: ReadonlySet<number>): ColouredGraph {
  const { atomicNumbers, charges, bonds } = molecule;
  const colours = Int32Array.from({ length: size }, (_, atom) => {
    const charge = alike.has(atom) ? 0 : charges[atom];
    return atomicNumbers[atom] * 256 + charge + 128;
  });
  const neighbours: number[][] = Array.from({ length: size }, () => []);
  const edgeColours: number[][] = Array.from({ length: size }, () => []);
  bonds.type.forEach((type, k) => {
    const [a, b] = [bonds.begin[k], bonds.end[k]];
    if (a >= size || b >= size) return;
    const colour = alike.has(a) || alike.has(b) ? SINGLE_OR_DOUBLE : type;
    neighbours[a].push(b);
    neighbours[b].push(a);
    edgeColours[a].push(colour);
    edgeColours[b].push(colour);
  });
  return { colours, neighbours, edgeColours };
}

/**
 * The O and N with one heavy neighbour, bonded to it by a single bond while another one is by a double bond, or the
 * other way round: RDKit's `[O,N;D1;$([O,N;D1]-[*]=[O,N;D1]),$([O,N;D1]=[*]-[O,N;D1])]`, hydrogens left out.
 */
function conjugatedTerminals({ atomicNumbers, bonds }: Molecule): Set<number> {
  const bonded: { atom: number; type: number }[][] = Array.from(atomicNumbers, () => []);
  bonds.type.forEach((type, k) => {
    const [a, b] = [bonds.begin[k], bonds.end[k]];
    if (atomicNumbers[a] === 1 || atomicNumbers[b] === 1) return;
    bonded[a].push({ atom: b, type });
    bonded[b].push({ atom: a, type });
  });
  const isTerminal = (atom: number): boolean =>
    (atomicNumbers[atom] === 7 || atomicNumbers[atom] === 8) && bonded[atom].length === 1;
  const found = new Set<number>();
  for (const around of bonded) {
    const terminal = around.filter(({ atom, type }) => isTerminal(atom) && (type === 1 || type === 2));
    if (new Set(terminal.map(({ type }) => type)).size === 2) for (const { atom } of terminal) found.add(atom);
  }
  return found;
}
