import type { Configuration } from '../bond-graph/skeleton.js';
import { type Colouring, colouringOf, compareNumbers, splitColours, stereoLabels } from './colours.js';

/** A numbering of the skeleton atoms that depends on what the molecule is, not on how it was numbered. */
export interface CanonicalOrder {
  /** The canonical number of each skeleton atom. */
  readonly ranks: Int32Array;
  /** The same for two molecules exactly if they are the same. */
  readonly code: readonly number[];
}

/** Numberings that are compared at most; more than this only graphs made for the purpose need. */
const MOST_LEAVES = 512;

/**
 * The canonical order of a molecule's skeleton, by colours and, where these leave a choice, by trying the choices and
 * taking the numbering with the smallest code. Choices that a symmetry found on the way makes equal are not repeated
 * (McKay 1981).
 */
export function canonicalOrder(configuration: Configuration): CanonicalOrder {
  const colouring = colouringOf(configuration);
  const search: Search = { colouring, leaves: 0, first: undefined, best: undefined, symmetries: [] };
  explore(search, splitColours(colouring, colouring.skeleton.kinds), []);
  const { best } = search;
  if (!best) throw new RangeError('a molecule without atoms has no order');
  return best;
}

interface Search {
  readonly colouring: Colouring;
  leaves: number;
  first: CanonicalOrder | undefined;
  best: CanonicalOrder | undefined;
  /** Where each atom goes. */
  readonly symmetries: Int32Array[];
}

/** @param chosen the atoms that were given a colour of their own on the way here */
function explore(search: Search, colours: Int32Array, chosen: readonly number[]): void {
  const cell = firstCell(colours);
  if (cell.length === 0) {
    compareLeaf(search, colours);
    return;
  }
  const tried: number[] = [];
  for (const atom of cell) {
    if (search.leaves >= MOST_LEAVES) return;
    if (tried.length > 0 && isReached(search.symmetries, chosen, tried, atom)) continue;
    tried.push(atom);
    const split = colours.map((colour, other) => (colour === colours[atom] && other !== atom ? colour + 1 : colour));
    explore(search, splitColours(search.colouring, split), [...chosen, atom]);
  }
}

/** The atoms that share the lowest colour that several have. */
function firstCell(colours: Int32Array): number[] {
  const counts = new Int32Array(colours.length);
  for (const colour of colours) counts[colour]++;
  const colour = counts.findIndex((count) => count > 1);
  return colour < 0 ? [] : [...colours.keys()].filter((atom) => colours[atom] === colour);
}

/** Whether the symmetries that leave the chosen atoms in place take one of the tried atoms to this one. */
function isReached(symmetries: readonly Int32Array[], chosen: readonly number[], tried: number[], atom: number) {
  const fixing = symmetries.filter((symmetry) => chosen.every((fixed) => symmetry[fixed] === fixed));
  const reached = new Set(tried);
  for (const from of reached) for (const symmetry of fixing) reached.add(symmetry[from]);
  return reached.has(atom);
}

function compareLeaf(search: Search, ranks: Int32Array): void {
  const { first, best } = search;
  const leaf = { ranks, code: codeOf(search.colouring, ranks) };
  search.leaves++;
  search.first ??= leaf;
  const order = best ? compareNumbers(leaf.code, best.code) : -1;
  if (order < 0) search.best = leaf;
  const same = order === 0 ? best : first && compareNumbers(leaf.code, first.code) === 0 ? first : undefined;
  if (!same) return;
  const atomOf = new Int32Array(ranks.length);
  ranks.forEach((rank, atom) => {
    atomOf[rank] = atom;
  });
  search.symmetries.push(same.ranks.map((rank) => atomOf[rank]));
}

/** Atoms, bonds and stereo in the order of a numbering. */
function codeOf({ skeleton, configuration }: Colouring, ranks: Int32Array): number[] {
  const labels = stereoLabels(configuration, skeleton, ranks);
  const rows: number[][] = [];
  ranks.forEach((rank, atom) => {
    const bonds = skeleton.links[atom]
      .filter((link) => ranks[link.atom] < rank)
      .map((link) => ranks[link.atom] * 16 + link.type)
      .sort((a, b) => a - b);
    rows[rank] = [skeleton.kinds[atom], labels[atom], ...bonds, -1];
  });
  return rows.flat();
}
