import { UserError } from '../../common/errors.js';
import { adjacencyOf } from '../bond-graph/adjacency.js';
import { requireCoordinates } from '../coordinates.js';
import type { Molecule, StereoBond, TetrahedralCentre } from '../molecule.js';
import { moleculeOf } from '../molecule-of-structure.js';
import { OclMolecule } from '../open-chem-lib.js';
import { kekuleTypes } from './kekulize.js';
import { completeStructure, type LewisStructure } from './lewis-structure.js';
import { unpairedElectrons } from './valence.js';
import type { WrittenMolecule } from './written-molecule.js';

/**
 * The record of an OpenChemLib molecule: heavy atoms in its order, then all hydrogens, grouped by heavy atom, those of
 * the molecule before those that it leaves out. Stereo is as OpenChemLib perceives it.
 *
 * @throws StructureError for impossible valences and for several molecules
 */
export function moleculeFromOcl(source: OclMolecule, name = ''): Molecule {
  const ocl = source.getCompactCopy();
  ocl.ensureHelperArrays(OclMolecule.cHelperParities);
  const { structure, places } = completeStructure(writtenFromOcl(ocl));
  const known = { centres: centresOf(ocl, structure, places), stereoBonds: stereoBondsOf(ocl, places) };
  return moleculeOf(structure, known, name);
}

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

function writtenFromOcl(ocl: OclMolecule): WrittenMolecule {
  return {
    atoms: numbersTo(ocl.getAllAtoms()).map((atom) => ({
      atomicNumber: ocl.getAtomicNo(atom),
      charge: ocl.getAtomCharge(atom),
      hydrogens: ocl.getImplicitHydrogens(atom),
    })),
    bonds: numbersTo(ocl.getAllBonds()).map((bond) => ({
      begin: ocl.getBondAtom(0, bond),
      end: ocl.getBondAtom(1, bond),
      order: ocl.getBondType(bond) === OclMolecule.cBondTypeDelocalized ? 'aromatic' : wholeOrder(ocl, bond),
    })),
  };
}

function wholeOrder(ocl: OclMolecule, bond: number): 1 | 2 | 3 {
  const order = ocl.getBondOrder(bond);
  if (order === 1 || order === 2 || order === 3) return order;
  const ends = [0, 1].map((end) => ocl.getAtomLabel(ocl.getBondAtom(end === 0 ? 0 : 1, bond))).join(' and ');
  throw new UserError(`the bond between ${ends} is neither single, double nor triple; write it as one of these`);
}

/** OpenChemLib's parity 1: seen with the last neighbour (or the hydrogen left out) behind, the others run clockwise. */
function centresOf(ocl: OclMolecule, { atomicNumbers, bonds }: LewisStructure, places: Int32Array) {
  const adjacency = adjacencyOf(atomicNumbers.length, bonds);
  return numbersTo(ocl.getAllAtoms()).flatMap((atom): TetrahedralCentre[] => {
    const parity = ocl.getAtomParity(atom);
    if (parity !== OclMolecule.cAtomParity1 && parity !== OclMolecule.cAtomParity2) return [];
    const written = numbersTo(ocl.getAllConnAtoms(atom)).map((k) => ocl.getConnAtom(atom, k));
    const order = written.sort((a, b) => a - b).map((other) => places[other]);
    const left = adjacency[places[atom]].map((link) => link.atom).filter((other) => !order.includes(other));
    const [a, b, c, d = places[atom]] = [...order, ...left];
    if (order.length + left.length < 3 || order.length + left.length > 4) return [];
    return [{ atom: places[atom], around: [a, b, c, d], hand: parity === OclMolecule.cAtomParity1 ? -1 : 1 }];
  });
}

/** Parity 1 is E, for the neighbours of lowest number. */
function stereoBondsOf(ocl: OclMolecule, places: Int32Array): StereoBond[] {
  return numbersTo(ocl.getAllBonds()).flatMap((bond): StereoBond[] => {
    const parity = ocl.getBondParity(bond);
    const isKnown = parity === OclMolecule.cBondParityEor1 || parity === OclMolecule.cBondParityZor2;
    if (!isKnown || ocl.getBondOrder(bond) !== 2) return [];
    const [b, c] = [ocl.getBondAtom(0, bond), ocl.getBondAtom(1, bond)].sort((i, j) => places[i] - places[j]);
    const [a, d] = [lowestBeside(ocl, b, c), lowestBeside(ocl, c, b)];
    const side = parity === OclMolecule.cBondParityEor1 ? 'trans' : 'cis';
    return [{ atoms: [places[a], places[b], places[c], places[d]], side }];
  });
}

const lowestBeside = (ocl: OclMolecule, atom: number, other: number): number =>
  Math.min(
    ...numbersTo(ocl.getAllConnAtoms(atom))
      .map((k) => ocl.getConnAtom(atom, k))
      .filter((next) => next !== other),
  );

/**
 * The OpenChemLib molecule of a record: all hydrogens explicit, the same atom order, one of its Lewis structures.
 *
 * @param coordinates Å, [atoms · 3]; stereo is then perceived from them, else it is that of the record
 * @throws RangeError for another number of coordinates and for what is not finite
 */
export function oclFromMolecule(molecule: Molecule, coordinates?: ArrayLike<number>): OclMolecule {
  const { atomicNumbers, bonds, name } = molecule;
  const ocl = new OclMolecule(atomicNumbers.length, bonds.begin.length);
  for (const atomicNumber of atomicNumbers) ocl.addAtom(atomicNumber);
  kekuleTypes(molecule).forEach((type, bond) => {
    ocl.setBondOrder(ocl.addBond(bonds.begin[bond], bonds.end[bond]), type);
  });
  setElectrons(ocl, molecule);
  ocl.setName(name);
  if (coordinates) setPositions(ocl, coordinates);
  else setParities(ocl, molecule);
  return ocl;
}

function setElectrons(ocl: OclMolecule, { charges }: Molecule): void {
  for (const [atom, charge] of charges.entries()) ocl.setAtomCharge(atom, charge);
  ocl.ensureHelperArrays(OclMolecule.cHelperNeighbours);
  for (const [atom, charge] of charges.entries()) {
    const taken = ocl.getOccupiedValence(atom);
    const unpaired = unpairedElectrons(ocl.getAtomicNo(atom), charge, taken);
    if (unpaired === 1) ocl.setAtomRadical(atom, OclMolecule.cAtomRadicalStateD);
    if (unpaired === 2) ocl.setAtomRadical(atom, OclMolecule.cAtomRadicalStateT);
    // OpenChemLib fills what it takes for a free valence with hydrogens that it does not show.
    if (unpaired > 2) ocl.setAtomAbnormalValence(atom, taken);
  }
}

function setPositions(ocl: OclMolecule, coordinates: ArrayLike<number>): void {
  const atoms = ocl.getAllAtoms();
  requireCoordinates(atoms, coordinates);
  for (const atom of numbersTo(atoms)) {
    ocl.setAtomX(atom, coordinates[3 * atom]);
    ocl.setAtomY(atom, coordinates[3 * atom + 1]);
    ocl.setAtomZ(atom, coordinates[3 * atom + 2]);
  }
  ocl.ensureHelperArrays(OclMolecule.cHelperParities);
}

function setParities(ocl: OclMolecule, { centres, stereoBonds }: Molecule): void {
  ocl.ensureHelperArrays(OclMolecule.cHelperRings);
  for (const { atom, hand } of centres) {
    const known = hand === -1 ? OclMolecule.cAtomParity1 : OclMolecule.cAtomParity2;
    ocl.setAtomParity(atom, hand === 0 ? OclMolecule.cAtomParityUnknown : known, false);
  }
  for (const { atoms, side } of stereoBonds) {
    const known = side === 'trans' ? OclMolecule.cBondParityEor1 : OclMolecule.cBondParityZor2;
    const bond = ocl.getBond(atoms[1], atoms[2]);
    ocl.setBondParity(bond, side === 'open' ? OclMolecule.cBondParityUnknown : known, false);
  }
  ocl.setParitiesValid(0);
}
