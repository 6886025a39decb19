/** What symmetry a tensor of order 2 has: T = Tᵀ, and with `traceless` no trace. */
export type TensorSymmetry = 'none' | 'symmetric' | 'traceless';

/** What kind of quantity a target is. */
export interface TargetKind {
  /** Of a whole geometry, or of every atom. */
  readonly of: 'graph' | 'node';
  /** The tensor's order: 0 for a scalar, 1 for a vector, … */
  readonly order: number;
  /** Of order 2; default none. */
  readonly symmetry?: TensorSymmetry;
  /** Of graphs: whether contributions of atoms are summed (true) or averaged. Default false. */
  readonly extensive?: boolean;
  /**
   * Of vectors and tensors of graphs: whether it is a moment of charges, of which each atom carries a part at its place
   * from the centre, as dipoles and quadrupoles of molecules are. Default false.
   */
  readonly moment?: boolean;
  /** The name of a scalar target of graphs, of whose gradient by positions this is minus: forces of the energy. */
  readonly gradientOf?: string;
  /** In words: `eV`, `eV/Å`, `e·Å`. */
  readonly unit: string;
}

/** What kind of quantity an input is: numbers that come with the geometry. Vectors turn with it. */
export interface InputKind {
  readonly of: 'graph' | 'node';
  readonly order: 0 | 1;
  readonly unit: string;
}

/** A target that a set holds, checked. */
export interface ResolvedTarget extends TargetKind {
  /** What the network and the reports call it. */
  readonly name: string;
  /** The file's name of it. */
  readonly column: string;
  readonly symmetry: TensorSymmetry;
  readonly extensive: boolean;
  readonly moment: boolean;
  /** How many numbers a row of it has in the files: one of {@link widthsInFiles}. */
  readonly widthInFiles: number;
  /** Whether 6 numbers stand in the files in Voigt's order (xx yy zz yz xz xy) rather than row by row. */
  readonly voigt: boolean;
}

/** An input that a set holds, checked. */
export interface ResolvedInput extends InputKind {
  readonly name: string;
  readonly column: string;
}

/** How many numbers a target has in memory: 1, 3, 6 where symmetric (xx xy xz yy yz zz), 3^order otherwise. */
export function widthInMemory({ order, symmetry = 'none' }: Pick<TargetKind, 'order' | 'symmetry'>): number {
  return order === 2 && symmetry !== 'none' ? 6 : 3 ** order;
}

/** How many numbers a target may have in files: those in memory, or all 9 of a symmetric tensor. */
export function widthsInFiles(kind: Pick<TargetKind, 'order' | 'symmetry'>): readonly number[] {
  const width = widthInMemory(kind);
  return width === 6 ? [9, 6] : [width];
}
