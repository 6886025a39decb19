import type { AtomShape } from './atom-shapes.js';
import { covalentRadius } from './covalent-radii.js';

/** Bonds that only molecules of two atoms have, but for that of CO₂ and its like (CRC Handbook). */
const DIATOMIC: Readonly<Record<string, number>> = {
  'H-H': 0.741,
  'F4-H': 0.917,
  'Cl4-H': 1.275,
  'Br4-H': 1.4145,
  'N2#N2': 1.098,
  'C2#O2': 1.128,
  'O3=O3': 1.208,
  'C2=O3': 1.163,
};

/**
 * Usual lengths of single bonds (or aromatic ones, `~`) in ångström; the digit is the number of neighbours that the
 * shape has room for: C4 is tetrahedral, C3 planar, C2 linear carbon. Means over our own MMFF94s minima of QM9 and
 * drug-like molecules.
 */
const LENGTHS: Readonly<Record<string, number>> = {
  ...DIATOMIC,
  'C4-H': 1.094,
  'C3-H': 1.087,
  'C2-H': 1.066,
  'H-N3': 1.013,
  'H-N4': 1.025,
  'H-O4': 0.977,
  'H-O3': 0.977,
  'H-S4': 1.341,
  'C4-C4': 1.526,
  'C3-C4': 1.509,
  'C2-C4': 1.462,
  'C3-C3': 1.477,
  'C2-C3': 1.432,
  'C2-C2': 1.38,
  'C4-N4': 1.468,
  'C4-N3': 1.454,
  'C3-N3': 1.381,
  'C3-N4': 1.44,
  'C4-O4': 1.435,
  'C4-O3': 1.432,
  'C3-O3': 1.36,
  'C3-F4': 1.341,
  'C4-F4': 1.358,
  'C3-Cl4': 1.724,
  'C4-Cl4': 1.786,
  'Br4-C4': 1.959,
  'Br4-C3': 1.894,
  'C4-S4': 1.815,
  'C3-S4': 1.764,
  'C3-S3': 1.764,
  'C4-S3': 1.81,
  'N3-N3': 1.375,
  'N4-N4': 1.466,
  'N3-O3': 1.35,
  'N4-O4': 1.447,
  'N3-O4': 1.411,
  'O4-O4': 1.466,
  'N4-S4': 1.691,
  'N3-S4': 1.686,
  'O4-S4': 1.624,
  'O4-P4': 1.614,
  'O3-P4': 1.618,
  'N4-P4': 1.657,
  'C4-P4': 1.804,
  'C3-P4': 1.804,
  'O4-Si4': 1.678,
  'C3~C3': 1.398,
  'C3~N3': 1.353,
  'C3~O3': 1.367,
  'C3~S3': 1.715,
  'N3~N3': 1.352,
  'N3~O3': 1.398,
  'N3~S3': 1.67,
  'C3=N3': 1.293,
  'C3=O3': 1.226,
  'N3=O3': 1.241,
  'N3=N3': 1.254,
  'C3=S3': 1.673,
  'O3=S4': 1.45,
  'O3=P4': 1.498,
  'C2#N2': 1.161,
};

const SYMBOLS: Readonly<Record<number, string>> = {
  1: 'H',
  6: 'C',
  7: 'N',
  8: 'O',
  9: 'F',
  14: 'Si',
  15: 'P',
  16: 'S',
  17: 'Cl',
  35: 'Br',
};

const ROOM = { linear: 2, planar: 3, tetrahedral: 4, open: 4 } as const;
const MARKS: Readonly<Record<number, string>> = { 1: '-', 2: '=', 3: '#', 12: '~' };

/**
 * The usual length of a bond in ångström, for atoms of given elements and shapes.
 * @param type RDKit's code: 1, 2, 3, 12
 */
export function idealLength(
  [first, second]: readonly [number, number],
  [firstShape, secondShape]: readonly [AtomShape, AtomShape],
  type: number,
): number {
  const ends = [label(first, firstShape), label(second, secondShape)].sort();
  return LENGTHS[ends.join(MARKS[type] ?? '-')] ?? fromRadii(first, second, type);
}

function label(element: number, shape: AtomShape): string {
  const symbol = SYMBOLS[element] ?? '?';
  return element === 1 ? symbol : symbol + ROOM[shape];
}

function fromRadii(first: number, second: number, type: number): number {
  const sum = (order: 1 | 2 | 3): number => covalentRadius(first, order) + covalentRadius(second, order);
  if (type === 12) return (sum(1) + sum(2)) / 2;
  return sum(type === 2 || type === 3 ? type : 1);
}
