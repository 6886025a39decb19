import { type Adjacency, adjacencyOf } from '../bond-graph/adjacency.js';
import { chargedSymbol, fittingValence } from './valence.js';
import type { WrittenAtom, WrittenBond, WrittenMolecule } from './written-molecule.js';

const NITROGEN = 7;
const OXYGEN = 8;
const HALOGENS = ['Cl', 'Br', 'I'];

/**
 * Writes groups that are often drawn with too many bonds with charges instead, as RDKit does: N(=O)=O as
 * [N+](=O)[O-], N=N#N as N=[N+]=[N-], Cl(=O)(=O)(=O)O as [Cl+3]([O-])([O-])([O-])O.
 */
export function separateCharges(molecule: WrittenMolecule): WrittenMolecule {
  const atoms = molecule.atoms.map((atom) => ({ ...atom }));
  const bonds = molecule.bonds.map((bond) => ({ ...bond }));
  const adjacency = adjacencyOf(atoms.length, {
    begin: bonds.map(({ begin }) => begin),
    end: bonds.map(({ end }) => end),
  });
  for (const atom of atoms.keys()) {
    for (const { atom: other, bond } of overdrawn(atoms, bonds, adjacency, atom)) {
      atoms[atom].charge++;
      atoms[other].charge--;
      bonds[bond].order = bonds[bond].order === 3 ? 2 : 1;
    }
  }
  return { atoms, bonds };
}

/** The bonds of an atom that are to lose an order. */
function overdrawn(
  atoms: readonly WrittenAtom[],
  bonds: readonly WrittenBond[],
  adjacency: Adjacency,
  atom: number,
): Adjacency[number] {
  const { atomicNumber, charge, hydrogens = 0 } = atoms[atom];
  const links = adjacency[atom];
  const orders = links.map(({ bond }) => bonds[bond].order);
  const pi = orders.includes('aromatic') ? 1 : 0;
  const total = orders.reduce<number>((sum, order) => sum + (order === 'aromatic' ? 1 : order), hydrogens + pi);
  if (charge !== 0) return [];
  const ends = (element: number, order: WrittenBond['order']) =>
    links.filter(
      (link) =>
        atoms[link.atom].atomicNumber === element && atoms[link.atom].charge === 0 && bonds[link.bond].order === order,
    );
  if (atomicNumber === NITROGEN && total === 5) return [...ends(OXYGEN, 2), ...ends(NITROGEN, 3)].slice(0, 1);
  const isHalogen = HALOGENS.includes(chargedSymbol(atomicNumber, 0));
  return isHalogen && fittingValence(atomicNumber, 0, total) === undefined ? ends(OXYGEN, 2) : [];
}
