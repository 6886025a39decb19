import { align, applyAlignment } from '../../geometry/alignment.js';
import { largestOverlap } from '../../geometry/largest-overlap.js';
import { requireCoordinates } from '../coordinates.js';
import { heavyAtoms, type Molecule } from '../molecule.js';
import { type AutomorphismOptions, automorphisms, type Symmetries } from './automorphisms.js';

/** Positions, [atoms, 3], in Å. */
export type Coordinates = Float32Array | Float64Array;

/** Which symmetries an RMSD allows for. */
export type RmsdOptions = Pick<AutomorphismOptions, 'symmetrizeConjugatedTerminalGroups' | 'limit'>;

/** One conformer aligned to another. */
export interface Overlay {
  /** All atoms of the conformer that moved, hydrogens included, in its own order: [atoms, 3], Å. */
  readonly coordinates: Float32Array;
  /** The atom of the moved conformer that lies on each heavy atom of the reference. */
  readonly mapping: Int32Array;
  /** In Å. */
  readonly rmsd: number;
}

/** The heavy atoms of a conformer about their mean. */
export interface Shape {
  /** [heavy atoms, 3]. */
  readonly points: Float64Array;
  /** The sum of the squares of `points`. */
  readonly spread: number;
}

interface Match {
  readonly rmsd: number;
  readonly permutation: Int32Array;
}

/**
 * The RMSD of the heavy atoms of two conformers of a molecule, the least over alignments and over the automorphisms
 * of its graph: RDKit's `GetBestRMS` without hydrogens, by default with `symmetrizeConjugatedTerminalGroups=False`.
 * A conformer and its mirror image do not lie on each other. Molecules without heavy atoms count all of theirs.
 *
 * Where a molecule has more automorphisms than the limit, the best one is climbed to by the generators of their group
 * from several starts: the result is an RMSD over some automorphism, most often the least, never below it.
 */
export class BestRmsd {
  readonly #molecule: Molecule;
  readonly #size: number;
  readonly #symmetries: Symmetries;
  /** The atoms that stay where they are in every automorphism, and the others. */
  readonly #fixed: Int32Array;
  readonly #moved: Int32Array;
  readonly #base = new Float64Array(9);
  readonly #sums = new Float64Array(9);

  constructor(molecule: Molecule, options: RmsdOptions = {}) {
    this.#molecule = molecule;
    const heavy = heavyAtoms(molecule).length;
    this.#symmetries = automorphisms(molecule, { ...options, atoms: heavy > 0 ? 'heavy' : 'all' });
    const [identity] = this.#symmetries.permutations;
    this.#size = identity.length;
    const isFixed = (atom: number): boolean => this.#symmetries.permutations.every((p) => p[atom] === atom);
    this.#fixed = identity.filter(isFixed);
    this.#moved = identity.filter((atom) => !isFixed(atom));
  }

  /**
   * What is computed once per conformer.
   * @param coordinates [atoms, 3], Å
   * @throws RangeError for another number of atoms, and for what is not finite
   */
  shape(coordinates: Coordinates): Shape {
    const points = this.#heavyPoints(coordinates);
    const mean = [0, 0, 0];
    for (let k = 0; k < points.length; k++) mean[k % 3] += points[k] / this.#size;
    let spread = 0;
    for (let k = 0; k < points.length; k++) {
      points[k] -= mean[k % 3];
      spread += points[k] ** 2;
    }
    return { points, spread };
  }

  /** In Å. */
  between(a: Shape, b: Shape): number {
    return this.#best(a, b).rmsd;
  }

  /** Aligns a conformer to another as well as possible. */
  overlay(reference: Coordinates, moving: Coordinates): Overlay {
    const { permutation, rmsd } = this.#best(this.shape(reference), this.shape(moving));
    const fixed = this.#heavyPoints(reference);
    const partners = new Float64Array(fixed.length);
    for (let k = 0; k < fixed.length; k++) partners[k] = moving[3 * permutation[Math.floor(k / 3)] + (k % 3)];
    const moved = applyAlignment(align(partners, fixed), Float64Array.from(moving));
    return { coordinates: Float32Array.from(moved), mapping: permutation.slice(), rmsd };
  }

  #heavyPoints(coordinates: Coordinates): Float64Array {
    requireCoordinates(this.#molecule.atomicNumbers.length, coordinates);
    return Float64Array.from(coordinates.subarray(0, 3 * this.#size));
  }

  #best(a: Shape, b: Shape): Match {
    this.#base.fill(0);
    addProducts(this.#base, a.points, b.points, this.#fixed, this.#symmetries.permutations[0]);
    const bound = (a.spread + b.spread) / 2;
    const overlap = (permutation: Int32Array): number => {
      this.#sums.set(this.#base);
      addProducts(this.#sums, a.points, b.points, this.#moved, permutation);
      return largestOverlap(this.#sums, bound);
    };
    const { permutations, complete } = this.#symmetries;
    const { permutation, value } = complete ? largest(permutations, overlap) : climb(permutations, overlap);
    return { permutation, rmsd: Math.sqrt(Math.max(0, 2 * (bound - value)) / this.#size) };
  }
}

/** RMSDs of all pairs in Å, as {@link BestRmsd} gives them: [references, generated], row after row. */
export function rmsdMatrix(
  molecule: Molecule,
  references: readonly Coordinates[],
  generated: readonly Coordinates[],
  options: RmsdOptions = {},
): Float64Array {
  const measure = new BestRmsd(molecule, options);
  const columns = generated.map((coordinates) => measure.shape(coordinates));
  const matrix = new Float64Array(references.length * columns.length);
  references.forEach((coordinates, row) => {
    const reference = measure.shape(coordinates);
    columns.forEach((column, k) => {
      matrix[row * columns.length + k] = measure.between(reference, column);
    });
  });
  return matrix;
}

/** Lays one conformer [atoms, 3] on another, as {@link BestRmsd} matches their atoms. */
export function overlay(
  molecule: Molecule,
  reference: Coordinates,
  moving: Coordinates,
  options: RmsdOptions = {},
): Overlay {
  return new BestRmsd(molecule, options).overlay(reference, moving);
}

/** Adds x_k y_p(k)ᵀ of some atoms to sums [3, 3]; points of y go to those of x. */
function addProducts(
  sums: Float64Array,
  y: Float64Array,
  x: Float64Array,
  atoms: Int32Array,
  permutation: Int32Array,
): void {
  for (const atom of atoms) {
    const i = 3 * atom;
    const j = 3 * permutation[atom];
    for (let p = 0; p < 3; p++) {
      const value = x[j + p];
      sums[3 * p] += value * y[i];
      sums[3 * p + 1] += value * y[i + 1];
      sums[3 * p + 2] += value * y[i + 2];
    }
  }
}

interface Found {
  readonly permutation: Int32Array;
  readonly value: number;
}

function largest(permutations: readonly Int32Array[], of: (permutation: Int32Array) => number): Found {
  let [best] = permutations;
  let value = Number.NEGATIVE_INFINITY;
  for (const permutation of permutations) {
    const next = of(permutation);
    if (next > value) [best, value] = [permutation, next];
  }
  return { permutation: best, value };
}

/** The best of the group that steps by single generators reach from each of them, and from there steps by two. */
function climb(generators: readonly Int32Array[], of: (permutation: Int32Array) => number): Found {
  const tops = generators.map((start) => ascend({ permutation: start, value: of(start) }, generators, of));
  const best = tops.reduce((highest, top) => (top.value > highest.value ? top : highest));
  return ascend(
    best,
    generators.flatMap((first) => generators.map((second) => product(first, second))),
    of,
  );
}

function ascend(start: Found, steps: readonly Int32Array[], of: (permutation: Int32Array) => number): Found {
  let top = start;
  for (;;) {
    const next = largest(
      steps.map((step) => product(step, top.permutation)),
      of,
    );
    if (!(next.value > top.value)) return top;
    top = next;
  }
}

/** First one permutation, then the other. */
const product = (first: Int32Array, second: Int32Array): Int32Array => first.map((atom) => second[atom]);
