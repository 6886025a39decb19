import { UserError } from '../../common/errors.js';
import { elementSymbol } from '../elements.js';
import type { Molecule, StereoBond } from '../molecule.js';
import { moleculeOf, withStereo } from '../molecule-of-structure.js';
import { completeStructure } from '../perception/lewis-structure.js';
import { moleculeFromOcl } from '../perception/perceive.js';
import { hydrogensToFill } from '../perception/valence.js';
import { StructureError, type WrittenAtom, type WrittenMolecule } from '../perception/written-molecule.js';
import { settleStereo } from '../stereo/settle-stereo.js';
import { sideInSpace } from '../stereo/stereo-in-space.js';
import type { MolBlock } from './mol-block.js';
import { heavyFirst, orderInFile, requireBoundHydrogens } from './mol-order.js';
import { oclFromDrawing } from './mol-to-ocl.js';

/** The molecule of a connection table, and where its atoms are in it. */
export interface MolMolecule {
  readonly molecule: Molecule;
  /** Å, [atoms · 3]; undefined but for a molecule in space. */
  readonly coordinates: Float32Array | undefined;
  /** The atom of the table that each atom of the molecule is; −1 for a hydrogen that it leaves out. */
  readonly order: Int32Array;
}

/**
 * Makes a molecule of a connection table. Stereo is as it lies in space, or as OpenChemLib sees it in a drawing;
 * without positions it is open.
 *
 * @throws UserError for what is no molecule, with the atom, and for one in space without all of its hydrogens
 */
export function moleculeOfMolBlock(mol: MolBlock): MolMolecule {
  requireBoundHydrogens(mol);
  try {
    const flat = mol.dimension === 2 ? moleculeFromOcl(oclFromDrawing(mol), mol.name) : withoutStereo(mol);
    const order = orderInFile(mol, flat);
    if (mol.dimension === 2) return { molecule: withSides(mol, flat, order), coordinates: undefined, order };
    if (mol.dimension === 0) return { molecule: flat, coordinates: undefined, order };
    requireNoneMissing(mol, flat, order);
    const coordinates = positionsOf(mol, order);
    return { molecule: settleStereo(flat, coordinates), coordinates, order };
  } catch (error) {
    if (!(error instanceof StructureError)) throw error;
    const atom = mol.dimension === 2 ? heavyFirst(mol)[error.atom] : error.atom;
    throw new UserError(`${nameOf(mol, atom)}: ${error.message}`, { atom: atom + 1, cause: error });
  }
}

/** `C5`, counted from 1 as in the file. */
const nameOf = ({ atoms }: MolBlock, atom: number): string => `${elementSymbol(atoms[atom].atomicNumber)}${atom + 1}`;

/** NaN for the hydrogens that the file leaves out. */
function positionsOf({ atoms }: MolBlock, order: Int32Array): Float32Array {
  const nowhere = [Number.NaN, Number.NaN, Number.NaN];
  return Float32Array.from(Array.from(order).flatMap((atom) => (atom < 0 ? nowhere : atoms[atom].position)));
}

/** A drawn molecule with the sides of double bonds as drawn; OpenChemLib overlooks those that hydrogens alone show. */
function withSides(mol: MolBlock, molecule: Molecule, order: Int32Array): Molecule {
  if (molecule.stereoBonds.length === 0) return molecule;
  const open = new Set(mol.bonds.flatMap(({ begin, end, wedge }) => (wedge === 'either' ? [begin, end] : [])));
  const positions = positionsOf(mol, order);
  const stereoBonds = molecule.stereoBonds.map((bond): StereoBond => {
    const isOpen = open.has(order[bond.atoms[1]]) || open.has(order[bond.atoms[2]]);
    return { ...bond, side: isOpen ? 'open' : sideInSpace(bond, positions) };
  });
  return withStereo(molecule, { centres: molecule.centres, stereoBonds });
}

function withoutStereo(mol: MolBlock): Molecule {
  const { structure } = completeStructure(written(mol));
  return moleculeOf(structure, { centres: [], stereoBonds: [] }, mol.name);
}

function written({ atoms, bonds }: MolBlock): WrittenMolecule {
  const taken = atoms.map(() => ({ orders: 0, isAromatic: false }));
  for (const { begin, end, type } of bonds) {
    for (const atom of [begin, end]) {
      taken[atom].orders += type === 4 ? 1 : type;
      taken[atom].isAromatic ||= type === 4;
    }
  }
  return {
    atoms: atoms.map(({ atomicNumber, charge, radical }, atom): WrittenAtom => {
      if (radical === 0) return { atomicNumber, charge, hydrogens: undefined };
      const { orders, isAromatic } = taken[atom];
      const unpaired = radical === 2 ? 1 : 2;
      const fill = hydrogensToFill(atomicNumber, charge, orders, isAromatic) ?? 0;
      return { atomicNumber, charge, hydrogens: Math.max(0, fill - unpaired) };
    }),
    bonds: bonds.map(({ begin, end, type }) => ({ begin, end, order: ORDERS[type] })),
  };
}

const ORDERS: Readonly<Record<number, WrittenMolecule['bonds'][number]['order']>> = { 1: 1, 2: 2, 3: 3, 4: 'aromatic' };

function requireNoneMissing(mol: MolBlock, { bonds }: Molecule, order: Int32Array): void {
  const missing = bonds.end.findIndex((end) => order[end] < 0);
  if (missing < 0) return;
  const owner = bonds.begin[missing];
  const count = bonds.end.filter((end, k) => bonds.begin[k] === owner && order[end] < 0).length;
  const lacks = count === 1 ? 'a hydrogen' : `${count} hydrogens`;
  throw new UserError(`${nameOf(mol, order[owner])} lacks ${lacks}; write molecules in space with all their hydrogens`);
}
