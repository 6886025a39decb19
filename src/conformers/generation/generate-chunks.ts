import { requireNonNegativeInteger, requirePositiveInteger } from '../../common/checks.js';
import { atomCount, type Molecule } from '../../molecules/molecule.js';
import type { PlainRequest } from './conformer-maker.js';

export interface ChunkOptions {
  /** How many conformers of each molecule. */
  readonly count: number | ((molecule: Molecule, index: number) => number);
  /** Of all random numbers; default 1. */
  readonly seed?: number;
  /** Molecules before this one are skipped: they were made before. The others become what they would have been. */
  readonly from?: number;
  /** How many are generated for each one requested; default 1. */
  readonly oversample?: number;
  /** Of which conformers the trajectory is kept: of the first one of the first molecule, or of all. Default none. */
  readonly trace?: 'first' | 'all';
}

/** How many conformers of a molecule are requested, and how many are generated to choose them from. */
export interface MoleculeEnd {
  readonly index: number;
  readonly molecule: Molecule;
  readonly requested: number;
  readonly generated: number;
}

/** Conformers that are sampled together. */
export interface Chunk {
  readonly requests: readonly PlainRequest[];
  /** Molecules whose last conformer is among these requests. */
  readonly ending: readonly MoleculeEnd[];
}

/**
 * Cuts the work into pieces that do not depend on the number of threads, nor on where a run continues: the last digits
 * of a conformer depend on what it is sampled with.
 */
export async function* chunksOf(
  molecules: Iterable<Molecule> | AsyncIterable<Molecule>,
  batchEdges: number,
  { count, seed = 1, from = 0, oversample = 1, trace }: ChunkOptions,
): AsyncGenerator<Chunk, void> {
  requireNonNegativeInteger(seed, 'the seed');
  let requests: PlainRequest[] = [];
  let ending: Chunk['ending'][number][] = [];
  let [edges, index] = [0, 0];
  const isWanted = (): boolean => requests.some(({ stream }) => stream.molecule >= from);
  for await (const molecule of molecules) {
    const requested = requirePositiveInteger(
      typeof count === 'number' ? count : count(molecule, index),
      'the number of conformers',
    );
    const size = edgesOf(molecule);
    const generated = requested * oversample;
    for (let conformer = 0; conformer < generated; conformer++) {
      if (edges > 0 && edges + size > batchEdges) {
        if (isWanted()) yield { requests, ending };
        [requests, ending, edges] = [[], [], 0];
      }
      // With oversampling, which one will be the first is not known yet.
      const isTraced = trace === 'all' || (trace === 'first' && index === 0 && (conformer === 0 || oversample > 1));
      requests.push({ molecule, stream: { seed, molecule: index, conformer }, ...(isTraced && { trace: true }) });
      edges += size;
    }
    ending.push({ index, molecule, requested, generated });
    index++;
  }
  if (isWanted()) yield { requests, ending };
}

/** About how many edges the graph of a molecule has: see `molecularGraph`. */
function edgesOf(molecule: Molecule): number {
  const { atomicNumbers } = molecule;
  const hydrogens = atomicNumbers.reduce((total, number) => total + Number(number === 1), 0);
  const others = atomCount(molecule) - hydrogens;
  return others ** 2 + 16 * hydrogens;
}
