import { UserError } from '../common/errors.js';
import type { ConnectionTable } from './mol-table.js';
import type { Molecule } from './molecule.js';

/**
 * The atoms of a file in our order: heavy ones as they come, then the hydrogens by the atom they are bonded to.
 * @throws UserError for a hydrogen with any number of neighbours but one
 */
export function fileOrder({ atoms, bonds }: ConnectionTable): number[] {
  const owners = atoms.map((): number[] => []);
  for (const { begin, end } of bonds) {
    owners[begin].push(end);
    owners[end].push(begin);
  }
  const isHeavy = (atom: number): boolean => atoms[atom].atomicNumber !== 1;
  const all = Array.from(atoms.keys());
  for (const atom of all) {
    if (isHeavy(atom) || owners[atom].length === 1) continue;
    throw new UserError(`the hydrogen ${atom + 1} has ${owners[atom].length} bonds, it must have one`);
  }
  const rank = (hydrogen: number): number => (isHeavy(owners[hydrogen][0]) ? owners[hydrogen][0] : -1);
  const hydrogens = all.filter((atom) => !isHeavy(atom)).sort((a, b) => rank(a) - rank(b) || a - b);
  return [...all.filter(isHeavy), ...hydrogens];
}

/**
 * The atom of the file that each atom of its molecule is; −1 for a hydrogen that the file leaves out. Hydrogens of one
 * atom are in the order of the file.
 */
export function orderInFile({ atoms, bonds }: ConnectionTable, molecule: Molecule): Int32Array {
  const isHeavy = (atom: number): boolean => atoms[atom].atomicNumber !== 1;
  const heavy = Array.from(atoms.keys()).filter(isHeavy);
  const written = new Map<number, number[]>();
  for (const { begin, end } of bonds) {
    for (const [atom, other] of [
      [begin, end],
      [end, begin],
    ]) {
      if (!isHeavy(other))
        written.set(
          atom,
          [...(written.get(atom) ?? []), other].sort((a, b) => a - b),
        );
    }
  }
  const order = new Int32Array(molecule.atomicNumbers.length).fill(-1);
  order.set(heavy);
  molecule.bonds.end.forEach((end, bond) => {
    const begin = molecule.bonds.begin[bond];
    if (molecule.atomicNumbers[end] === 1) order[end] = written.get(order[begin])?.shift() ?? -1;
  });
  return order;
}
