import { UserError } from '../../common/errors.js';

/** An atom as a text gives it. */
export interface WrittenAtom {
  readonly atomicNumber: number;
  readonly charge: number;
  /** Hydrogens beside those that are atoms of their own; undefined for as many as its valence leaves room for. */
  readonly hydrogens: number | undefined;
}

export interface WrittenBond {
  readonly begin: number;
  readonly end: number;
  readonly order: 1 | 2 | 3 | 'aromatic';
}

/** A molecule as a text gives it: some hydrogens left out, bonds of aromatic rings left undecided. */
export interface WrittenMolecule {
  readonly atoms: readonly WrittenAtom[];
  readonly bonds: readonly WrittenBond[];
}

/** No molecule has this structure. */
export class StructureError extends UserError {
  override name = 'StructureError';
  /** The atom in question, by its place in the {@link WrittenMolecule}. */
  readonly atom: number;

  constructor(atom: number, message: string) {
    super(message, { atom: atom + 1 });
    this.atom = atom;
  }
}
