import { UserError } from '../common/errors.js';
import { elementSymbol } from './elements.js';
import type { MolBlock } from './mol-block.js';
import type { MolBond } from './mol-table.js';
import { OclMolecule } from './open-chem-lib.js';

const RADICALS = [
  OclMolecule.cAtomRadicalStateNone,
  OclMolecule.cAtomRadicalStateS,
  OclMolecule.cAtomRadicalStateD,
  OclMolecule.cAtomRadicalStateT,
];

/**
 * The OpenChemLib molecule of a connection table. Stereo is perceived from positions in space, or from the wedges of
 * a drawing; without either it is open.
 *
 * @param order the atoms of the file in the order that they are to have
 * @throws UserError where hydrogens are missing from a molecule in space
 */
export function oclFromMolBlock({ atoms, bonds, dimension }: MolBlock, order: readonly number[]): OclMolecule {
  const ocl = new OclMolecule(atoms.length, bonds.length);
  const places = new Map(order.map((atom, place) => [atom, place]));
  const placeOf = (atom: number): number => places.get(atom) ?? -1;
  for (const [place, atom] of order.entries()) {
    const { atomicNumber, charge, radical, position } = atoms[atom];
    ocl.addAtom(atomicNumber);
    ocl.setAtomCharge(place, charge);
    ocl.setAtomRadical(place, RADICALS[radical] ?? OclMolecule.cAtomRadicalStateNone);
    // OpenChemLib's y points down, as on a screen. With z turned too, the hand of the molecule stays.
    ocl.setAtomX(place, position[0]);
    ocl.setAtomY(place, -position[1]);
    ocl.setAtomZ(place, -position[2]);
  }
  for (const bond of bonds) {
    const made = ocl.addBond(placeOf(bond.begin), placeOf(bond.end));
    ocl.setBondType(made, bondType(bond, dimension));
  }
  if (bonds.some(({ type }) => type === 4)) ocl.normalizeAmbiguousBonds();
  if (dimension === 3) requireHydrogens(ocl, order);
  return ocl;
}

function bondType({ type, wedge }: MolBond, dimension: MolBlock['dimension']): number {
  if (type === 2) return wedge === 'either' ? OclMolecule.cBondTypeCross : OclMolecule.cBondTypeDouble;
  if (type === 3) return OclMolecule.cBondTypeTriple;
  if (type === 4) return OclMolecule.cBondTypeDelocalized;
  if (dimension !== 2 || wedge === undefined || wedge === 'either') return OclMolecule.cBondTypeSingle;
  return wedge === 'up' ? OclMolecule.cBondTypeUp : OclMolecule.cBondTypeDown;
}

function requireHydrogens(ocl: OclMolecule, order: readonly number[]): void {
  ocl.ensureHelperArrays(OclMolecule.cHelperNeighbours);
  for (const [place, atom] of order.entries()) {
    const missing = ocl.getImplicitHydrogens(place);
    if (missing === 0) continue;
    const name = `${elementSymbol(ocl.getAtomicNo(place))}${atom + 1}`;
    const count = missing === 1 ? 'a hydrogen' : `${missing} hydrogens`;
    throw new UserError(`the atom ${name} lacks ${count}; write molecules in space with all their hydrogens`);
  }
}
