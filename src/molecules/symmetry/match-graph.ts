import type { Bonds, Molecule } from '../molecule.js';
import { perceiveBonds } from '../perception/bonds-in-space.js';
import { stereoChanges } from '../stereo/stereo-in-space.js';
import { correspondences } from './correspondence.js';

/** The most matches that are compared; molecules with more are highly symmetric, so that any will do. */
const MOST_MATCHES = 5000;

/**
 * Finds the atoms of a molecule among atoms in another order. Elements and bonds must be the same; of several ways the
 * one with the right stereo is taken, and among those the one whose double bonds are the short ones.
 *
 * @param positions ångström, [atoms · 3]
 * @param bonds between the given atoms, of which only the ends count; perceived from the positions where not given
 * @returns for each atom of the molecule the number of the given one; undefined where the graphs differ
 */
export function matchAtoms(
  molecule: Molecule,
  atomicNumbers: Uint8Array,
  positions: ArrayLike<number>,
  bonds?: Pick<Bonds, 'begin' | 'end'>,
): Int32Array | undefined {
  if (molecule.atomicNumbers.length !== atomicNumbers.length) return undefined;
  if (bonds) {
    const isInOrder = hasBonds(molecule, atomicNumbers, bonds) && stereoChanges(molecule, positions).length === 0;
    return isInOrder ? Int32Array.from(atomicNumbers.keys()) : bestMatch(molecule, atomicNumbers, positions, bonds);
  }
  const pairs = perceiveBonds(atomicNumbers, positions, molecule.bonds.begin.length);
  const perceived = { begin: Int32Array.from(pairs, ([i]) => i), end: Int32Array.from(pairs, ([, j]) => j) };
  return bestMatch(molecule, atomicNumbers, positions, perceived);
}

/** The positions of a molecule's atoms, from those of the atoms that they were matched with. */
export function inOrder(positions: ArrayLike<number>, match: Int32Array): Float32Array {
  return Float32Array.from({ length: 3 * match.length }, (_, k) => positions[3 * match[Math.floor(k / 3)] + (k % 3)]);
}

function bestMatch(
  molecule: Molecule,
  atomicNumbers: Uint8Array,
  positions: ArrayLike<number>,
  bonds: Pick<Bonds, 'begin' | 'end'>,
): Int32Array | undefined {
  const given = skeleton(atomicNumbers, bonds);
  let best: { match: Int32Array; wrong: number; length: number } | undefined;
  let tried = 0;
  for (const match of correspondences(skeleton(molecule.atomicNumbers, molecule.bonds), given)) {
    const own = inOrder(positions, match);
    const wrong = stereoChanges(molecule, own).length;
    const length = lengthByOrder(molecule.bonds, own);
    if (!best || wrong < best.wrong || (wrong === best.wrong && length < best.length)) best = { match, wrong, length };
    tried += 1;
    if (tried === MOST_MATCHES) break;
  }
  return best?.match;
}

/** Whether the atoms are in the molecule's own order already. */
function hasBonds(
  molecule: Molecule,
  atomicNumbers: Uint8Array,
  { begin, end }: Pick<Bonds, 'begin' | 'end'>,
): boolean {
  const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    a.length === b.length && Array.from(a).every((value, k) => value === b[k]);
  const { bonds } = molecule;
  return same(molecule.atomicNumbers, atomicNumbers) && same(bonds.begin, begin) && same(bonds.end, end);
}

/** Atoms and bonds alone: formal charges and orders are drawn in more than one way. */
function skeleton(atomicNumbers: Uint8Array, { begin, end }: Pick<Bonds, 'begin' | 'end'>): Molecule {
  return {
    name: '',
    smiles: '',
    atomicNumbers,
    charges: new Int8Array(atomicNumbers.length),
    bonds: { begin: Int32Array.from(begin), end: Int32Array.from(end), type: new Uint8Array(begin.length).fill(1) },
    centres: [],
    stereoBonds: [],
  };
}

/** The lengths of bonds, those of double and triple ones counted twice and three times. */
function lengthByOrder({ begin, end, type }: Bonds, positions: Float32Array): number {
  return begin.reduce((sum, i, k) => {
    const order = type[k] === 12 ? 1.5 : type[k];
    const axis = (a: number) => positions[3 * i + a] - positions[3 * end[k] + a];
    return sum + order * Math.hypot(axis(0), axis(1), axis(2));
  }, 0);
}
