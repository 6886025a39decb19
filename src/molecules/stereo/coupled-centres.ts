import { type Adjacency, adjacencyOf, ringBonds } from '../bond-graph/adjacency.js';
import type { Molecule, TetrahedralCentre } from '../molecule.js';
import { handFor } from './stereo-signs.js';

/** Two centres of which each can have its hand only together with the other. */
export interface Coupling {
  /** The atoms. */
  readonly first: number;
  readonly second: number;
  /** The product of their hands. */
  readonly product: 1 | -1;
}

/** In bicyclic frames of up to so many atoms no bridgehead can point inwards: bicyclo[3.3.1]nonane is the largest. */
const MOST_IN_BRIDGED = 9;
/** Fused rings of up to so many atoms together are cis: bicyclo[3.1.0]hexane and smaller. */
const MOST_IN_FUSED = 6;

/**
 * The pairs of bridgeheads that small rings force to have mirrored hands: seen from outside, the three bridges between
 * them run clockwise at one and counterclockwise at the other.
 */
export function coupledCentres({ atomicNumbers, bonds, centres }: Molecule): Coupling[] {
  const all = adjacencyOf(atomicNumbers.length, bonds);
  const inRing = ringBonds(all, bonds.type.length);
  const cyclic = all.map((links) => links.filter(({ bond }) => inRing[bond] === 1));
  const heads = centres.filter(({ atom, around }) => cyclic[atom].length >= 3 && around[3] !== atom);
  return heads.flatMap((first, k) =>
    heads.slice(k + 1).flatMap((second): Coupling[] => {
      const product = forcedProduct(cyclic, first, second);
      return product === undefined ? [] : [{ first: first.atom, second: second.atom, product }];
    }),
  );
}

function forcedProduct(
  cyclic: Adjacency,
  first: TetrahedralCentre,
  second: TetrahedralCentre,
): Coupling['product'] | undefined {
  const bridges = smallestBridges(bridgesBetween(cyclic, first.atom, second.atom));
  if (!bridges) return undefined;
  const starts = bridges.map((bridge) => bridge[0] ?? second.atom);
  const ends = bridges.map((bridge) => bridge.at(-1) ?? first.atom);
  const outside = (around: readonly number[], inside: readonly number[]): number[] => [
    ...inside,
    ...around.filter((atom) => !inside.includes(atom)),
  ];
  const here = handFor({ ...first, hand: 1 }, outside(first.around, starts));
  const there = handFor({ ...second, hand: 1 }, outside(second.around, ends));
  return here === there ? -1 : 1;
}

/** The atoms on each way from one atom to another that is short enough to matter. */
function bridgesBetween(cyclic: Adjacency, from: number, to: number): number[][] {
  const bridges: number[][] = [];
  const walk = (atom: number, path: readonly number[]): void => {
    for (const { atom: next } of cyclic[atom]) {
      if (next === to) bridges.push([...path]);
      // The two other bridges have an atom each at least.
      else if (next !== from && !path.includes(next) && path.length < MOST_IN_BRIDGED - 4) walk(next, [...path, next]);
    }
  };
  walk(from, []);
  return bridges.sort((a, b) => a.length - b.length);
}

/** Three bridges without a common atom that make a frame small enough, or undefined. */
function smallestBridges(bridges: readonly (readonly number[])[]): (readonly number[])[] | undefined {
  for (const [i, a] of bridges.entries()) {
    for (const [j, b] of bridges.slice(0, i).entries()) {
      if (b.some((atom) => a.includes(atom))) continue;
      for (const c of bridges.slice(0, j)) {
        if (c.some((atom) => a.includes(atom) || b.includes(atom))) continue;
        const size = a.length + b.length + c.length + 2;
        if (size <= (c.length === 0 ? MOST_IN_FUSED : MOST_IN_BRIDGED)) return [a, b, c];
      }
    }
  }
  return undefined;
}
