import type { Molecule } from '../../molecules/molecule.js';

/** Which molecules are wanted. */
export interface MoleculeFilter {
  /** The most atoms, hydrogens included. */
  readonly maxAtoms?: number;
  /** Atomic numbers; all where not given. */
  readonly elements?: ReadonlySet<number>;
  /** Canonical SMILES without stereo of those that may not be there. */
  readonly excluded?: ReadonlySet<string>;
}

/** Why a record is left out. */
export type RecordFault =
  | 'cannot be read'
  | 'excluded'
  | 'too many atoms'
  | 'other elements'
  | 'no valid conformer'
  | 'atoms do not match';

/** Why a molecule is not wanted; undefined where it is. @param family its canonical SMILES without stereo */
export function filterMolecule(
  { atomicNumbers }: Molecule,
  family: string,
  { maxAtoms = Infinity, elements, excluded }: MoleculeFilter,
): RecordFault | undefined {
  if (atomicNumbers.length > maxAtoms) return 'too many atoms';
  if (elements && !atomicNumbers.every((element) => elements.has(element))) return 'other elements';
  return excluded?.has(family) ? 'excluded' : undefined;
}
