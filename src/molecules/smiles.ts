import { UserError } from '../common/errors.js';
import type { Molecule } from './molecule.js';
import { OclMolecule } from './open-chem-lib.js';
import { moleculeFromOcl } from './perceive.js';

export interface SmilesOptions {
  /** What to call the molecule. */
  readonly name?: string;
  /** Molecules with more atoms, hydrogens included, are refused. */
  readonly maxAtoms?: number;
}

/** Reads one SMILES. @throws UserError with the reason */
export function parseSmiles(text: string, { name = '', maxAtoms = Infinity }: SmilesOptions = {}): Molecule {
  let ocl: OclMolecule;
  try {
    ocl = OclMolecule.fromSmiles(text, { noCoordinates: true });
  } catch (error) {
    throw new UserError(`cannot read the SMILES '${text}'`, { cause: error });
  }
  const molecule = moleculeFromOcl(ocl, name);
  if (molecule.atomicNumbers.length > maxAtoms)
    throw new UserError(`the molecule has ${molecule.atomicNumbers.length} atoms, at most ${maxAtoms} are allowed`);
  return molecule;
}
