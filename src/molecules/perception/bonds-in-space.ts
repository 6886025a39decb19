import { covalentRadius } from '../ideal-geometry/covalent-radii.js';
import type { Molecule } from '../molecule.js';

/** Atoms that are farther apart than this many times the sum of their radii are not bonded. */
const LONGEST_BOND = 1.3;
/** Atoms that are nearer than this many times the sum of their radii are bonded. */
const SHORTEST_GAP = 1.15;

/** Two atoms that are not where their molecule has them. */
export interface BondChange {
  readonly kind: 'broken' | 'formed';
  readonly atoms: readonly [number, number];
  /** ångström */
  readonly distance: number;
}

/**
 * The first place where a conformer has not the bonds of its molecule: a bond that is longer than 1.3 times the sum of
 * the covalent radii, or two other atoms within 1.15 times theirs.
 *
 * @param positions ångström, [atoms · 3]
 */
export function bondChange(
  { atomicNumbers, bonds }: Pick<Molecule, 'atomicNumbers' | 'bonds'>,
  positions: ArrayLike<number>,
): BondChange | undefined {
  const atoms = atomicNumbers.length;
  const bonded = new Uint8Array(atoms * atoms);
  bonds.begin.forEach((i, k) => {
    bonded[i * atoms + bonds.end[k]] = 1;
    bonded[bonds.end[k] * atoms + i] = 1;
  });
  for (let i = 0; i < atoms; i++) {
    for (let j = i + 1; j < atoms; j++) {
      const between = distance(positions, i, j);
      const ratio = between / (covalentRadius(atomicNumbers[i]) + covalentRadius(atomicNumbers[j]));
      if (bonded[i * atoms + j] === 1) {
        if (ratio >= LONGEST_BOND) return { kind: 'broken', atoms: [i, j], distance: between };
      } else if (ratio < SHORTEST_GAP) return { kind: 'formed', atoms: [i, j], distance: between };
    }
  }
  return undefined;
}

/** Farther than this many times the sum of their radii no two atoms are taken for bonded. */
const FARTHEST = 1.5;

/**
 * The so many pairs of atoms that lie nearest to each other, measured by the sums of their covalent radii: the bonds
 * of a molecule of which no more is known than how many there are.
 *
 * @param positions ångström, [atoms · 3]
 */
export function perceiveBonds(
  atomicNumbers: Uint8Array,
  positions: ArrayLike<number>,
  count: number,
): [begin: number, end: number][] {
  const near: { pair: [number, number]; ratio: number }[] = [];
  for (let i = 0; i < atomicNumbers.length; i++) {
    for (let j = i + 1; j < atomicNumbers.length; j++) {
      const sum = covalentRadius(atomicNumbers[i]) + covalentRadius(atomicNumbers[j]);
      const ratio = distance(positions, i, j) / sum;
      if (ratio < FARTHEST) near.push({ pair: [i, j], ratio });
    }
  }
  const bonded = near.sort((a, b) => a.ratio - b.ratio).slice(0, count);
  return bonded.map(({ pair }) => pair).sort(([a, b], [c, d]) => a - c || b - d);
}

function distance(positions: ArrayLike<number>, i: number, j: number): number {
  const x = positions[3 * i] - positions[3 * j];
  const y = positions[3 * i + 1] - positions[3 * j + 1];
  const z = positions[3 * i + 2] - positions[3 * j + 2];
  return Math.sqrt(x * x + y * y + z * z);
}
