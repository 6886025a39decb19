import { elementSymbol } from '../elements.js';

/**
 * The numbers of bonds that neutral atoms have, lowest first, from groups of the periodic table as RDKit has them. What
 * is not here, the metals among others, may have any number.
 */
const VALENCES = new Map<number, readonly number[]>(
  (
    [
      [[0], [0, 2, 10, 18, 36, 86]],
      [[0, 2, 4, 6], [54]],
      [[1], [1, 3, 9, 11, 17, 19, 35, 37, 55, 87]],
      [
        [1, 3, 5],
        [53, 85],
      ],
      [[2], [4, 8]],
      [
        [2, 4],
        [50, 82],
      ],
      [
        [2, 4, 6],
        [16, 34, 52, 84],
      ],
      [[3], [5, 7, 31, 49, 81]],
      [
        [3, 5, 7],
        [15, 33, 51, 83],
      ],
      [[3, 6], [13]],
      [[4], [6, 32]],
      [[4, 6], [14]],
    ] as const
  ).flatMap(([valences, elements]) => elements.map((element) => [element, valences] as const)),
);

/**
 * The numbers of bonds that an atom may have, lowest first: those of the neutral element with as many electrons.
 * Undefined where any number will do.
 */
export const allowedValences = (atomicNumber: number, charge: number): readonly number[] | undefined =>
  VALENCES.get(atomicNumber - charge);

/** The least of the allowed numbers of bonds that is enough for `bonds`; undefined where all are too small. */
export function fittingValence(atomicNumber: number, charge: number, bonds: number): number | undefined {
  const allowed = allowedValences(atomicNumber, charge);
  return allowed ? allowed.find((valence) => valence >= bonds) : bonds;
}

/**
 * The hydrogens that an atom written without any gets: as many as its next valence leaves room for. Of the free
 * valences of an aromatic atom one is for a double bond of the ring. Undefined where it has too many bonds already.
 *
 * @param taken the orders of its bonds, an aromatic one counting 1
 */
export function hydrogensToFill(
  atomicNumber: number,
  charge: number,
  taken: number,
  isAromatic: boolean,
): number | undefined {
  const valence = fittingValence(atomicNumber, charge, taken);
  return valence === undefined ? undefined : Math.max(0, valence - taken - (isAromatic ? 1 : 0));
}

/** Electrons of the outer shell, for the elements of the main groups up to the third row and for Se and Te. */
export function outerElectrons(atomicNumber: number): number {
  if (atomicNumber <= 2) return atomicNumber;
  if (atomicNumber <= 18) return ((atomicNumber - 3) % 8) + 1;
  return atomicNumber === 34 || atomicNumber === 52 ? 6 : 0;
}

/** `N+`, `O2-`, `C`: the symbol with the charge, as messages show it. */
export function chargedSymbol(atomicNumber: number, charge: number): string {
  const size = Math.abs(charge) > 1 ? String(Math.abs(charge)) : '';
  return `${elementSymbol(atomicNumber)}${size}${charge === 0 ? '' : charge > 0 ? '+' : '-'}`;
}

/**
 * Electrons that are left unpaired when an atom has this many bonds, as RDKit counts them: those that its octet lacks,
 * or, where it has more bonds than that, those up to the next of its valences.
 */
export function unpairedElectrons(atomicNumber: number, charge: number, bonds: number): number {
  const outer = outerElectrons(atomicNumber);
  if (outer === 0) return 0;
  const full = atomicNumber <= 2 ? 2 : 8;
  const lacking = full - outer - bonds + charge;
  const more = (fittingValence(atomicNumber, charge, bonds) ?? bonds) - bonds;
  return Math.max(0, Math.min(lacking < 0 ? more : lacking, outer - bonds - charge));
}
