/** Bonds as parallel arrays; each bond once, `begin` < `end`, sorted by both. */
export interface Bonds {
  readonly begin: Int32Array;
  readonly end: Int32Array;
  /** RDKit's codes: 1 single, 2 double, 3 triple, 12 aromatic. */
  readonly type: Uint8Array;
}

/**
 * An atom whose neighbours can lie about it in two ways that are mirror images of each other.
 * With four neighbours these are `around`, in ascending order; with three, the centre itself stands fourth.
 */
export interface TetrahedralCentre {
  readonly atom: number;
  readonly around: readonly [number, number, number, number];
  /**
   * The sign of the signed volume (x₁ − x₄) · ((x₂ − x₄) × (x₃ − x₄)) of the atoms in `around`; 0 where it is left open.
   */
  readonly hand: 1 | -1 | 0;
}

/** A double bond with two distinct sides. */
export interface StereoBond {
  /** a–b=c–d: the bond is b=c, with b < c; a and d are the neighbours of lowest number. */
  readonly atoms: readonly [number, number, number, number];
  /** Whether a and d lie on the same side; `open` where it is left open. */
  readonly side: 'cis' | 'trans' | 'open';
}

/**
 * One molecule as plain arrays, without coordinates. Heavy atoms come first, in the order of the input; hydrogens
 * follow, all explicit, in the order of the heavy atoms they are bonded to, as RDKit's AddHs gives them.
 */
export interface Molecule {
  /** What a file calls it, or empty. */
  readonly name: string;
  /** Canonical isomeric SMILES of what this molecule is, its open centres left open. */
  readonly smiles: string;
  readonly atomicNumbers: Uint8Array;
  /** Formal charges. */
  readonly charges: Int8Array;
  readonly bonds: Bonds;
  readonly centres: readonly TetrahedralCentre[];
  readonly stereoBonds: readonly StereoBond[];
}

/** The number of atoms, hydrogens included. */
export const atomCount = ({ atomicNumbers }: Pick<Molecule, 'atomicNumbers'>): number => atomicNumbers.length;

/** The numbers of the atoms that are not hydrogen. */
export const heavyAtoms = ({ atomicNumbers }: Pick<Molecule, 'atomicNumbers'>): number[] =>
  Array.from(atomicNumbers.keys()).filter((atom) => atomicNumbers[atom] !== 1);
