import type { Bonds, Molecule, StereoBond, TetrahedralCentre } from './molecule.js';
import { OclMolecule } from './open-chem-lib.js';

/**
 * The record of an OpenChemLib molecule: heavy atoms in its order, then all hydrogens, grouped by heavy atom.
 */
export function moleculeFromOcl(source: OclMolecule, name = ''): Molecule {
  const ocl = source.getCompactCopy();
  ocl.addImplicitHydrogens();
  ocl.ensureHelperArrays(OclMolecule.cHelperParities);
  const atoms = atomOrder(ocl);
  const place = new Int32Array(atoms.length);
  atoms.forEach((atom, at) => {
    place[atom] = at;
  });
  return {
    name,
    smiles: ocl.toIsomericSmiles(),
    atomicNumbers: Uint8Array.from(atoms, (atom) => ocl.getAtomicNo(atom)),
    charges: Int8Array.from(atoms, (atom) => ocl.getAtomCharge(atom)),
    bonds: readBonds(ocl, place),
    centres: readCentres(ocl, atoms, place),
    stereoBonds: readStereoBonds(ocl, place),
  };
}

function atomOrder(ocl: OclMolecule): number[] {
  const all = Array.from({ length: ocl.getAllAtoms() }, (_, atom) => atom);
  const heavy = all.filter((atom) => ocl.getAtomicNo(atom) !== 1);
  const light = heavy.flatMap((atom) => neighbours(ocl, atom).filter((other) => ocl.getAtomicNo(other) === 1));
  return [...heavy, ...light];
}

function neighbours(ocl: OclMolecule, atom: number): number[] {
  return Array.from({ length: ocl.getAllConnAtoms(atom) }, (_, k) => ocl.getConnAtom(atom, k));
}

function readBonds(ocl: OclMolecule, place: Int32Array): Bonds {
  const rows = Array.from({ length: ocl.getAllBonds() }, (_, bond) => {
    const [i, j] = [place[ocl.getBondAtom(0, bond)], place[ocl.getBondAtom(1, bond)]];
    const type = ocl.isAromaticBond(bond) ? 12 : ocl.getBondOrder(bond);
    return [Math.min(i, j), Math.max(i, j), type] as const;
  }).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    begin: Int32Array.from(rows, ([i]) => i),
    end: Int32Array.from(rows, ([, j]) => j),
    type: Uint8Array.from(rows, ([, , type]) => type),
  };
}

function readCentres(ocl: OclMolecule, atoms: readonly number[], place: Int32Array): TetrahedralCentre[] {
  return atoms.flatMap((atom, at) => {
    const parity = ocl.getAtomParity(atom);
    if (parity !== 1 && parity !== 2) return [];
    const around = neighbours(ocl, atom).map((other) => place[other]);
    around.sort((a, b) => a - b);
    if (around.length === 3) around.push(at);
    const [a, b, c, d] = around;
    return around.length === 4 ? [{ atom: at, around: [a, b, c, d], hand: parity === 1 ? -1 : 1 }] : [];
  });
}

function readStereoBonds(ocl: OclMolecule, place: Int32Array): StereoBond[] {
  const found: StereoBond[] = [];
  for (let bond = 0; bond < ocl.getAllBonds(); bond++) {
    const parity = ocl.getBondParity(bond);
    if (ocl.getBondOrder(bond) !== 2 || (parity !== 1 && parity !== 2)) continue;
    const [b, c] = [ocl.getBondAtom(0, bond), ocl.getBondAtom(1, bond)].sort((i, j) => place[i] - place[j]);
    const first = (atom: number, other: number): number =>
      Math.min(
        ...neighbours(ocl, atom)
          .filter((next) => next !== other)
          .map((next) => place[next]),
      );
    found.push({
      atoms: [first(b, c), place[b], place[c], first(c, b)],
      side: parity === 1 ? 'trans' : 'cis',
    });
  }
  return found.sort((a, b) => a.atoms[1] - b.atoms[1] || a.atoms[2] - b.atoms[2]);
}

/**
 * The OpenChemLib molecule of a record: all hydrogens explicit, the same atom order.
 *
 * @param coordinates Å, [atoms · 3]; stereo is then perceived from them, else it is that of the record
 */
export function oclFromMolecule(molecule: Molecule, coordinates?: ArrayLike<number>): OclMolecule {
  const { atomicNumbers, charges, bonds, centres, stereoBonds } = molecule;
  const ocl = new OclMolecule(atomicNumbers.length, bonds.begin.length);
  atomicNumbers.forEach((number, atom) => {
    ocl.addAtom(number);
    ocl.setAtomCharge(atom, charges[atom]);
  });
  bonds.begin.forEach((begin, bond) => {
    const made = ocl.addBond(begin, bonds.end[bond]);
    const type = bonds.type[bond];
    if (type === 12) ocl.setBondType(made, OclMolecule.cBondTypeDelocalized);
    else ocl.setBondOrder(made, type);
  });
  ocl.normalizeAmbiguousBonds();
  ocl.setName(molecule.name);
  if (coordinates) {
    for (let atom = 0; atom < atomicNumbers.length; atom++) {
      ocl.setAtomX(atom, coordinates[3 * atom]);
      ocl.setAtomY(atom, coordinates[3 * atom + 1]);
      ocl.setAtomZ(atom, coordinates[3 * atom + 2]);
    }
    ocl.ensureHelperArrays(OclMolecule.cHelperParities);
    return ocl;
  }
  ocl.ensureHelperArrays(OclMolecule.cHelperRings);
  for (const { atom, hand } of centres) {
    const parity = hand === 0 ? OclMolecule.cAtomParityUnknown : hand < 0 ? 1 : 2;
    ocl.setAtomParity(atom, parity, false);
  }
  for (const { atoms, side } of stereoBonds) {
    const parity = side === 'open' ? OclMolecule.cBondParityUnknown : side === 'trans' ? 1 : 2;
    ocl.setBondParity(ocl.getBond(atoms[1], atoms[2]), parity, false);
  }
  ocl.setParitiesValid(0);
  return ocl;
}
