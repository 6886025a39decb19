import type { Molecule } from '../molecule.js';

/** Who a molecule is, its name and its SMILES apart. */
export type Constitution = Pick<Molecule, 'atomicNumbers' | 'charges' | 'bonds'>;
/** The same with its stereo. */
export type Configuration = Constitution & Pick<Molecule, 'centres' | 'stereoBonds'>;

/** A molecule without its hydrogens: its first atoms, the bonds among them, and how many hydrogens each one has. */
export interface Skeleton {
  readonly size: number;
  /** Neighbours in the skeleton with the bonds to them and their types. */
  readonly links: readonly (readonly { readonly atom: number; readonly bond: number; readonly type: number }[])[];
  readonly hydrogens: Int32Array;
  /** A number for what an atom is: neighbours, element, charge, hydrogens. */
  readonly kinds: Int32Array;
}

/** Of molecular hydrogen the first atom counts as the skeleton. */
export function skeletonOf({ atomicNumbers, charges, bonds }: Constitution): Skeleton {
  const heavy = atomicNumbers.reduce((count, element) => count + (element === 1 ? 0 : 1), 0);
  const size = Math.max(1, heavy);
  const links: { atom: number; bond: number; type: number }[][] = Array.from({ length: size }, () => []);
  const hydrogens = new Int32Array(size);
  bonds.type.forEach((type, bond) => {
    const [i, j] = [bonds.begin[bond], bonds.end[bond]];
    if (i >= size || j >= size) {
      hydrogens[Math.min(i, j)]++;
      return;
    }
    links[i].push({ atom: j, bond, type });
    links[j].push({ atom: i, bond, type });
  });
  const kinds = Int32Array.from(
    links,
    (list, atom) => (list.length << 20) | (atomicNumbers[atom] << 12) | ((charges[atom] + 64) << 4) | hydrogens[atom],
  );
  return { size, links, hydrogens, kinds };
}
