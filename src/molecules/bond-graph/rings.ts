import { type Adjacency, connectedParts, ringBonds } from './adjacency.js';
import { BitBasis } from './bit-basis.js';

/** A ring: atoms in their order around it, and the bonds; bond k joins atoms k and k + 1, the last one closes it. */
export interface Ring {
  readonly atoms: readonly number[];
  readonly bonds: readonly number[];
}

/** The shortest ways from a root to atoms of lower number, through such atoms alone. */
interface Ways {
  readonly root: number;
  /** Bonds to every atom; −1 for those out of reach. */
  readonly distance: Int32Array;
  /** The last steps to each atom: the links back. */
  readonly back: readonly Adjacency[number][];
}

/** More rings of one size than any molecule has; beyond them the list is not complete. */
const MOST_RINGS = 4096;

/**
 * The relevant rings of a graph, smallest first: those that are no sum of smaller ones, the union of all smallest sets
 * of smallest rings (Vismara 1997). RDKit's symmetrised SSSR is the same but for a few cages.
 *
 * @param bonds the number of bonds
 */
export function relevantRings(adjacency: Adjacency, bonds: number): Ring[] {
  const inRing = ringBonds(adjacency, bonds);
  const cyclic = adjacency.map((links) => links.filter(({ bond }) => inRing[bond] === 1));
  const roots = [...cyclic.keys()].filter((atom) => cyclic[atom].length > 0);
  const count = inRing.reduce((sum, is) => sum + is, 0);
  const part = connectedParts(cyclic);
  const parts = new Set(roots.map((atom) => part[atom])).size;
  const wanted = count - roots.length + parts;
  const ways = roots.map((root) => waysFrom(cyclic, root));
  const basis = new BitBasis();
  const rings: Ring[] = [];
  for (let size = 3; basis.rank < wanted && size <= roots.length; size++) {
    const found: Ring[] = [];
    for (const from of ways) collectRings(cyclic, from, size, found);
    const fresh = found.map((ring) => ({ ring, bits: bitsOf(ring) })).filter(({ bits }) => basis.reduce(bits) !== 0n);
    for (const { ring, bits } of fresh) {
      rings.push(ring);
      basis.add(bits);
    }
  }
  return rings;
}

const bitsOf = ({ bonds }: Ring): bigint => bonds.reduce((bits, bond) => bits | (1n << BigInt(bond)), 0n);

function waysFrom(adjacency: Adjacency, root: number): Ways {
  const distance = new Int32Array(adjacency.length).fill(-1);
  const allowed = new Uint8Array(adjacency.length);
  const back: Adjacency[number][] = adjacency.map(() => []);
  distance[root] = 0;
  allowed[root] = 1;
  const queue = [root];
  for (const atom of queue) {
    for (const { atom: next } of adjacency[atom]) {
      if (distance[next] >= 0) continue;
      distance[next] = distance[atom] + 1;
      queue.push(next);
    }
    if (atom > root) continue;
    back[atom] = adjacency[atom].filter(
      (link) => distance[link.atom] === distance[atom] - 1 && allowed[link.atom] === 1,
    );
    if (back[atom].length > 0) allowed[atom] = 1;
  }
  return { root, distance, back };
}

/** A way from an atom to the root, and its bonds. */
type Way = Ring;

/** The rings of one size whose highest atom is the root: two shortest ways that meet, at an atom or across a bond. */
function collectRings(adjacency: Adjacency, ways: Ways, size: number, found: Ring[]): void {
  const { root, distance, back } = ways;
  const half = size >> 1;
  for (const atom of back.keys()) {
    if (distance[atom] !== half || back[atom].length === 0) continue;
    const all = waysBack(ways, atom);
    if (size % 2 === 0) {
      for (const [k, first] of all.entries()) {
        for (const second of all.slice(k + 1)) join(first, second, [], size, found);
      }
      continue;
    }
    for (const link of adjacency[atom]) {
      if (link.atom > atom || link.atom === root || distance[link.atom] !== half) continue;
      const others = waysBack(ways, link.atom);
      for (const first of all) for (const second of others) join(first, second, [link.bond], size, found);
    }
  }
}

function waysBack({ root, back }: Ways, from: number): Way[] {
  let ways: Way[] = [{ atoms: [from], bonds: [] }];
  while (ways.length > 0 && ways[0].atoms.at(-1) !== root) {
    ways = ways.flatMap(({ atoms, bonds }) =>
      back[atoms[atoms.length - 1]].map(({ atom, bond }) => ({ atoms: [...atoms, atom], bonds: [...bonds, bond] })),
    );
    if (ways.length > MOST_RINGS) ways.length = MOST_RINGS;
  }
  return ways;
}

/** Adds the ring that two ways to the root make, with the bond between their starts if there is one. */
function join(first: Way, second: Way, between: readonly number[], size: number, found: Ring[]): void {
  const atoms = new Set([...first.atoms, ...second.atoms.toReversed()]);
  if (atoms.size !== size || found.length >= MOST_RINGS) return;
  found.push({ atoms: [...atoms], bonds: [...first.bonds, ...second.bonds.toReversed(), ...between] });
}
