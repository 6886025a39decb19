import { adjacencyOf } from '../../molecules/bond-graph/adjacency.js';
import { atomCount, type Molecule } from '../../molecules/molecule.js';
import { BestRmsd } from '../../molecules/symmetry/best-rmsd.js';

/** A conformer at a minimum of a force field. */
export interface Minimum {
  /** ångström, [atoms · 3] */
  readonly coordinates: Float32Array;
  /** kcal/mol */
  readonly energy: number;
}

export interface UniquenessOptions {
  /** In kcal/mol over the lowest one. */
  readonly window: number;
  /** In ångström. */
  readonly rmsd: number;
  readonly most: number;
}

/** Minima whose energies differ by more are two, in kcal/mol. */
const GAP = 0.1;
/** The atomic number that hydrogens on N, O and S get, with which they count like heavy atoms. */
const POLAR = 0;

/**
 * Minima within a window of energy, the lowest first, each once: two are the same if their energies differ by no more
 * than 0.1 kcal/mol and their heavy atoms and polar hydrogens lie on each other.
 */
export function uniqueMinima(
  molecule: Molecule,
  minima: readonly Minimum[],
  { window, rmsd, most }: UniquenessOptions,
): Minimum[] {
  const sorted = minima.toSorted((a, b) => a.energy - b.energy);
  const { record, atoms } = skeleton(molecule);
  const measure = new BestRmsd(record);
  const kept: { readonly minimum: Minimum; readonly shape: ReturnType<BestRmsd['shape']> }[] = [];
  for (const minimum of sorted) {
    if (kept.length >= most || minimum.energy > sorted[0].energy + window) break;
    const shape = measure.shape(pick(minimum.coordinates, atoms));
    const isKnown = kept.some(
      (other) => minimum.energy - other.minimum.energy <= GAP && measure.between(other.shape, shape) <= rmsd,
    );
    if (!isKnown) kept.push({ minimum, shape });
  }
  return kept.map(({ minimum }) => minimum);
}

/** The molecule without the hydrogens on other atoms than N, O and S, and the atoms that are left. */
function skeleton(molecule: Molecule): { record: Molecule; atoms: number[] } {
  const { atomicNumbers, charges, bonds } = molecule;
  const adjacency = adjacencyOf(atomCount(molecule), bonds);
  const isPolar = (atom: number): boolean =>
    adjacency[atom].some(({ atom: other }) => [7, 8, 16].includes(atomicNumbers[other]));
  const atoms = Array.from(atomicNumbers.keys()).filter((atom) => atomicNumbers[atom] !== 1 || isPolar(atom));
  const places = new Map(atoms.map((atom, place) => [atom, place]));
  const kept = Array.from(bonds.begin.keys()).filter((k) => places.has(bonds.begin[k]) && places.has(bonds.end[k]));
  const placeOf = (atom: number): number => places.get(atom) ?? 0;
  const record: Molecule = {
    ...molecule,
    atomicNumbers: Uint8Array.from(atoms, (atom) => (atomicNumbers[atom] === 1 ? POLAR : atomicNumbers[atom])),
    charges: Int8Array.from(atoms, (atom) => charges[atom]),
    bonds: {
      begin: Int32Array.from(kept, (k) => placeOf(bonds.begin[k])),
      end: Int32Array.from(kept, (k) => placeOf(bonds.end[k])),
      type: Uint8Array.from(kept, (k) => bonds.type[k]),
    },
    centres: [],
    stereoBonds: [],
  };
  return { record, atoms };
}

const pick = (coordinates: Float32Array, atoms: readonly number[]): Float32Array =>
  Float32Array.from(atoms.flatMap((atom) => [0, 1, 2].map((axis) => coordinates[3 * atom + axis])));
