import { type Molecule, parseSmiles, Rng, UserError } from 'clofnet';
import { startShape, supportedElements } from 'clofnet/conformers';
import { depict, openCentres, randomIsomer, SmilesError } from 'clofnet/molecules';
import { pageNames } from './mistakes.js';
import { facing } from './molecules-facing.js';
import type { Mistake, ReadMolecule } from './molecules-types.js';

/** As on the command line. */
export const MOST_ATOMS = 300;

/** A molecule from its SMILES. @throws SmilesError as the command line prints it */
export const moleculeOf = (smiles: string): Molecule =>
  parseSmiles(smiles, { maxAtoms: MOST_ATOMS, elements: supportedElements });

/** A mistake of the user's as plain data, which may go to another thread. @throws what is no such mistake */
export function mistakeOf(error: unknown): Mistake {
  if (!(error instanceof UserError)) throw error;
  const position = error instanceof SmilesError ? error.position : undefined;
  return { error: error.describe(pageNames), ...(position !== undefined && { position }) };
}

/** What the page shows of a molecule before it has conformers. */
export function described(molecule: Molecule): ReadMolecule {
  const { smiles, atomicNumbers, bonds, centres, stereoBonds } = molecule;
  return {
    smiles,
    atomicNumbers,
    bonds,
    drawing: depict(molecule).svg,
    open: openCentres(molecule),
    stereoUnits: centres.length + stereoBonds.length,
  };
}

/** Larger molecules get no shape while their SMILES is typed. */
const MOST_ATOMS_TYPED = 120;

/** A rule-based shape of a molecule, for something to look at before the network is asked. */
export function quickShape(molecule: Molecule): Float32Array | undefined {
  if (molecule.atomicNumbers.length > MOST_ATOMS_TYPED) return undefined;
  const rng = Rng.fromSeed(1);
  const isomer = randomIsomer(molecule, rng);
  const shape = startShape(isomer, rng);
  return shape && facing(isomer, shape);
}
