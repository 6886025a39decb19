import type { StereoBond, TetrahedralCentre } from '../molecule.js';

/** 1 where an even number of exchanges turns `from` into `to`, −1 where an odd number does. The items are distinct. */
export function permutationSign(from: readonly number[], to: readonly number[]): 1 | -1 {
  const places = from.map((item) => to.indexOf(item));
  let inversions = 0;
  for (const [k, place] of places.entries()) {
    for (const later of places.slice(k + 1)) if (later < place) inversions++;
  }
  return inversions % 2 === 0 ? 1 : -1;
}

/** The hand of a centre for its four atoms in another order. */
export const handFor = ({ around, hand }: TetrahedralCentre, order: readonly number[]): 1 | -1 | 0 =>
  hand === 0 ? 0 : permutationSign(around, order) === 1 ? hand : hand === 1 ? -1 : 1;

/** The side of a stereo bond for other neighbours of its ends: `first` of the lower end, `last` of the higher one. */
export function sideFor({ atoms, side }: StereoBond, first: number, last: number): StereoBond['side'] {
  if (side === 'open' || (first === atoms[0]) === (last === atoms[3])) return side;
  return side === 'cis' ? 'trans' : 'cis';
}
