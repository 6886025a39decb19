import { UserError } from '../../common/errors.js';
import type { Molecule } from '../molecule.js';
import type { ConnectionTable } from './mol-table.js';

/** @throws UserError for a hydrogen with any number of bonds but one */
export function requireBoundHydrogens({ atoms, bonds }: ConnectionTable): void {
  const counts = new Int32Array(atoms.length);
  for (const { begin, end } of bonds) {
    counts[begin]++;
    counts[end]++;
  }
  const wrong = counts.findIndex((count, atom) => atoms[atom].atomicNumber === 1 && count !== 1);
  if (wrong >= 0) throw new UserError(`the hydrogen H${wrong + 1} has ${counts[wrong]} bonds, it must have one`);
}

/** The atoms of a file, those that are not hydrogen first. */
export function heavyFirst({ atoms }: ConnectionTable): number[] {
  const isHeavy = (atom: number): boolean => atoms[atom].atomicNumber !== 1;
  const all = Array.from(atoms.keys());
  return [...all.filter(isHeavy), ...all.filter((atom) => !isHeavy(atom))];
}

/**
 * The atom of the file that each atom of its molecule is; −1 for a hydrogen that the file leaves out. Hydrogens of one
 * atom are in the order of the file.
 *
 * @throws Error where the heavy atoms of the molecule are not those of the file, in its order
 */
export function orderInFile({ atoms, bonds }: ConnectionTable, molecule: Molecule): Int32Array {
  const isHeavy = (atom: number): boolean => atoms[atom].atomicNumber !== 1;
  const heavy = Array.from(atoms.keys()).filter(isHeavy);
  // Of molecular hydrogen the first atom stands for the heavy one.
  const roots = heavy.length > 0 ? heavy : [0];
  const written = new Map<number, number[]>();
  for (const { begin, end } of bonds) {
    for (const [atom, other] of [
      [begin, end],
      [end, begin],
    ]) {
      if (!isHeavy(other)) written.set(atom, [...(written.get(atom) ?? []), other]);
    }
  }
  for (const list of written.values()) list.sort((a, b) => a - b);
  const order = new Int32Array(molecule.atomicNumbers.length).fill(-1);
  order.set(roots);
  molecule.bonds.end.forEach((end, bond) => {
    const begin = molecule.bonds.begin[bond];
    if (molecule.atomicNumbers[end] === 1) order[end] = written.get(order[begin])?.shift() ?? -1;
  });
  const wrong = order.findIndex((atom, k) => atom >= 0 && atoms[atom].atomicNumber !== molecule.atomicNumbers[k]);
  if (wrong >= 0) throw new Error(`atom ${wrong + 1} of the molecule is another one in its file`);
  return order;
}
