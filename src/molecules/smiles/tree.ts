import type { Skeleton } from '../bond-graph/skeleton.js';

/** A bond of a SMILES, in the direction of the text. */
export interface TextBond {
  readonly from: number;
  readonly to: number;
  readonly bond: number;
}

/** The order in which a SMILES names the atoms of a molecule. */
export interface SmilesTree {
  readonly root: number;
  /** Bonds from each atom to those that follow it: branches, then the rest of the chain. */
  readonly children: readonly (readonly TextBond[])[];
  /** Ring closures that begin at each atom, in the order in which they end; and those that end there. */
  readonly opens: readonly (readonly TextBond[])[];
  readonly closes: readonly (readonly TextBond[])[];
}

/** Walks through a skeleton from the atom of rank 0, low ranks first; shorter branches are written before longer ones. */
export function smilesTree({ links, size }: Skeleton, ranks: Int32Array): SmilesTree {
  const lists = (): TextBond[][] => Array.from({ length: size }, () => []);
  const [children, opens, closes] = [lists(), lists(), lists()];
  const root = ranks.indexOf(0);
  const ordered = links.map((list) => list.toSorted((a, b) => ranks[a.atom] - ranks[b.atom]));
  const weights = new Int32Array(size);
  const seen = new Uint8Array(size);
  const visit = (atom: number, via: number): void => {
    seen[atom] = 1;
    weights[atom] = 1;
    for (const { atom: next, bond } of ordered[atom]) {
      if (bond === via || opens[atom].some((open) => open.bond === bond)) continue;
      if (seen[next] === 1) {
        opens[next].push({ from: next, to: atom, bond });
        continue;
      }
      children[atom].push({ from: atom, to: next, bond });
      visit(next, bond);
      weights[atom] += weights[next];
    }
    children[atom].sort((a, b) => weights[a.to] - weights[b.to] || ranks[a.to] - ranks[b.to]);
  };
  visit(root, -1);
  sortClosures({ root, children, opens, closes });
  return { root, children, opens, closes };
}

interface Closures extends SmilesTree {
  readonly opens: TextBond[][];
  readonly closes: TextBond[][];
}

function sortClosures(tree: Closures): void {
  const places = textPlaces(tree);
  for (const list of tree.opens) {
    list.sort((a, b) => places[a.to] - places[b.to]);
    for (const bond of list) tree.closes[bond.to].push(bond);
  }
  for (const list of tree.closes) list.sort((a, b) => places[a.from] - places[b.from]);
}

/** The place of each atom in the text. */
export function textPlaces({ root, children }: Pick<SmilesTree, 'root' | 'children'>): Int32Array {
  const places = new Int32Array(children.length);
  const stack = [root];
  let count = 0;
  for (let atom = stack.pop(); atom !== undefined; atom = stack.pop()) {
    places[atom] = count++;
    for (const { to } of children[atom].toReversed()) stack.push(to);
  }
  return places;
}
