import { OclMolecule } from '../open-chem-lib.js';
import type { MolBlock } from './mol-block.js';
import { heavyFirst } from './mol-order.js';
import type { MolBond } from './mol-table.js';

const RADICALS = [
  OclMolecule.cAtomRadicalStateNone,
  OclMolecule.cAtomRadicalStateS,
  OclMolecule.cAtomRadicalStateD,
  OclMolecule.cAtomRadicalStateT,
];

/**
 * The OpenChemLib molecule of a drawing, which perceives stereo from the wedges. Its atoms are those of the file with the
 * heavy ones first: OpenChemLib would exchange hydrogens before them with the last ones.
 */
export function oclFromDrawing(drawing: MolBlock): OclMolecule {
  const { atoms, bonds } = drawing;
  const ocl = new OclMolecule(atoms.length, bonds.length);
  const places = new Int32Array(atoms.length);
  for (const [place, atom] of heavyFirst(drawing).entries()) {
    const { atomicNumber, charge, radical, position } = atoms[atom];
    places[atom] = ocl.addAtom(atomicNumber);
    ocl.setAtomCharge(place, charge);
    ocl.setAtomRadical(place, RADICALS[radical] ?? OclMolecule.cAtomRadicalStateNone);
    // OpenChemLib's y points down, as on a screen.
    ocl.setAtomX(place, position[0]);
    ocl.setAtomY(place, -position[1]);
  }
  for (const bond of bonds) ocl.setBondType(ocl.addBond(places[bond.begin], places[bond.end]), bondType(bond));
  if (bonds.some(({ type }) => type === 4)) ocl.normalizeAmbiguousBonds();
  return ocl;
}

function bondType({ type, wedge }: MolBond): number {
  if (type === 2) return wedge === 'either' ? OclMolecule.cBondTypeCross : OclMolecule.cBondTypeDouble;
  if (type === 3) return OclMolecule.cBondTypeTriple;
  if (type === 4) return OclMolecule.cBondTypeDelocalized;
  if (wedge === undefined || wedge === 'either') return OclMolecule.cBondTypeSingle;
  return wedge === 'up' ? OclMolecule.cBondTypeUp : OclMolecule.cBondTypeDown;
}
