import { adjacencyOf } from '../../../src/molecules/bond-graph/adjacency.js';
import { heavyAtoms, type Molecule } from '../../../src/molecules/molecule.js';
import { moleculeOf } from '../../../src/molecules/molecule-of-structure.js';
import { kekuleTypes } from '../../../src/molecules/perception/kekulize.js';

/**
 * The same molecule with its heavy atoms in another order, read anew from one of its Lewis structures.
 * @param order the heavy atom that comes first, second and so on
 */
export function renumbered(molecule: Molecule, order: readonly number[]): Molecule {
  const { atomicNumbers, charges, bonds, centres, stereoBonds, name } = molecule;
  const adjacency = adjacencyOf(atomicNumbers.length, bonds);
  const isHydrogen = (atom: number): boolean => atom >= heavyAtoms(molecule).length;
  const hydrogens = order.flatMap((atom) => adjacency[atom].map((link) => link.atom).filter(isHydrogen));
  const all = [...order, ...hydrogens];
  const place = new Int32Array(all.length);
  all.forEach((atom, at) => {
    place[atom] = at;
  });
  const rows = Array.from(kekuleTypes(molecule), (type, k) => {
    const [i, j] = [place[bonds.begin[k]], place[bonds.end[k]]].sort((a, b) => a - b);
    return [i, j, type];
  }).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const structure = {
    atomicNumbers: Uint8Array.from(all, (atom) => atomicNumbers[atom]),
    charges: Int8Array.from(all, (atom) => charges[atom]),
    bonds: {
      begin: Int32Array.from(rows, ([i]) => i),
      end: Int32Array.from(rows, ([, j]) => j),
      type: Uint8Array.from(rows, ([, , type]) => type),
    },
  };
  const moved = <T extends readonly number[]>(atoms: T) => atoms.map((atom) => place[atom]);
  const known = {
    centres: centres.map(({ atom, around, hand }) => {
      const [a, b, c, d] = moved(around);
      return { atom: place[atom], around: [a, b, c, d] as const, hand };
    }),
    stereoBonds: stereoBonds.map(({ atoms, side }) => {
      const [a, b, c, d] = moved(atoms);
      return { atoms: b < c ? ([a, b, c, d] as const) : ([d, c, b, a] as const), side };
    }),
  };
  return moleculeOf(structure, known, name);
}
