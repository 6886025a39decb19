import { type Configuration, type Skeleton, skeletonOf } from '../bond-graph/skeleton.js';
import { handFor, sideFor } from '../stereo/stereo-signs.js';

/** A molecule's skeleton and its stereo, ready to be coloured. */
export interface Colouring {
  readonly skeleton: Skeleton;
  readonly configuration: Configuration;
}

export const colouringOf = (configuration: Configuration): Colouring => ({
  skeleton: skeletonOf(configuration),
  configuration,
});

/**
 * Splits the colours of skeleton atoms until nothing splits any more: by what the neighbours are (Weisfeiler and Leman
 * 1968), and by stereo wherever the neighbours tell its directions apart. An atom's colour is the number of atoms
 * with smaller ones. The numbering of the atoms has no influence.
 */
export function splitColours(colouring: Colouring, start: ArrayLike<number>): Int32Array {
  let colours = rank(Array.from(start, (colour) => [colour]));
  for (;;) {
    let next = rank(colouring.skeleton.links.map((links, atom) => surroundings(links, colours, colours[atom])));
    if (isSame(next, colours)) {
      const labels = stereoLabels(colouring.configuration, colouring.skeleton, colours);
      next = rank(Array.from(colours, (colour, atom) => [colour, labels[atom]]));
      if (isSame(next, colours)) return colours;
    }
    colours = next;
  }
}

const isSame = (a: Int32Array, b: Int32Array): boolean => a.every((colour, atom) => colour === b[atom]);

function surroundings(links: Skeleton['links'][number], colours: Int32Array, own: number): number[] {
  const around = links.map(({ atom, type }) => colours[atom] * 16 + type).sort((a, b) => a - b);
  return [own, ...around];
}

/** The number of smaller keys for each key, in the order of the alphabet. */
function rank(keys: readonly (readonly number[])[]): Int32Array {
  const order = [...keys.keys()].sort((a, b) => compareNumbers(keys[a], keys[b]));
  const ranks = new Int32Array(keys.length);
  order.forEach((item, place) => {
    const before = order[place - 1];
    const isTie = place > 0 && compareNumbers(keys[item], keys[before]) === 0;
    ranks[item] = isTie ? ranks[before] : place;
  });
  return ranks;
}

/** Negative, zero or positive, as in a dictionary. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length && k < b.length; k++) if (a[k] !== b[k]) return a[k] - b[k];
  return a.length - b.length;
}

/**
 * A number for the stereo at each skeleton atom in terms of its neighbours' colours; 0 where there is none, where it is
 * open, and where two neighbours have the same colour.
 */
export function stereoLabels(
  { centres, stereoBonds }: Configuration,
  { size, links }: Skeleton,
  colours: Int32Array,
): Int32Array {
  const labels = new Int32Array(size);
  const byColour = (atoms: readonly number[]): number[] | undefined => {
    const sorted = atoms.filter((atom) => atom < size).sort((a, b) => colours[a] - colours[b]);
    return sorted.some((atom, k) => k > 0 && colours[atom] === colours[sorted[k - 1]]) ? undefined : sorted;
  };
  for (const centre of centres) {
    const { atom, around } = centre;
    const heavy = byColour(around.filter((other) => other !== atom));
    if (!heavy) continue;
    labels[atom] = handFor(centre, [...heavy, ...around.filter((other) => other >= size || other === atom)]) + 3;
  }
  for (const bond of stereoBonds) {
    if (bond.side === 'open') continue;
    const [a, b, c, d] = bond.atoms;
    const others = (end: number, other: number): number[] | undefined =>
      byColour(links[end].map(({ atom }) => atom).filter((atom) => atom !== other));
    const [first, last] = [others(b, c), others(c, b)];
    if (!first || !last) continue;
    const label = sideFor(bond, first.at(0) ?? a, last.at(0) ?? d) === 'cis' ? 5 : 6;
    labels[b] = labels[c] = label;
  }
  return labels;
}
