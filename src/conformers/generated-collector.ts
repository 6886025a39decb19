import { requirePositive } from '../common/checks.js';
import type { Molecule } from '../molecules/molecule.js';
import { BestRmsd, type Shape } from '../molecules/symmetry/best-rmsd.js';
import type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generate.js';
import type { Chunk } from './generate-chunks.js';
import { type FailedConformer, isMade, type MadeConformer } from './make-conformers.js';

/** What is there of a molecule whose last conformer is still to come. */
interface Tally {
  made: number;
  redrawn: number;
  mirrored: number;
  duplicates: number;
  readonly failed: FailedConformer[];
  /** The shapes of each isomer that were kept, by its SMILES. */
  readonly kept: Map<string, { readonly measure: BestRmsd; readonly shapes: Shape[] }>;
}

/** Brings results into the order of molecules, leaves out duplicates, and counts. */
export class GeneratedCollector {
  readonly #unique: number | undefined;
  readonly #from: number;
  readonly #tallies = new Map<number, Tally>();

  /** @throws UserError for a distance that is not above 0 */
  constructor({ unique, from = 0 }: Pick<GenerateOptions, 'unique' | 'from'>) {
    if (unique !== undefined) requirePositive(unique, 'the RMSD of unique conformers');
    this.#unique = unique;
    this.#from = from;
  }

  /** The conformers of a chunk, and the summaries of molecules that end in it, each after its conformers. */
  *collect(
    { requests, ending }: Chunk,
    results: readonly (MadeConformer | FailedConformer)[],
  ): Generator<GeneratedConformer | MoleculeSummary, void> {
    const asked = new Map(ending.map((end) => [end.index, end]));
    for (const [k, result] of results.entries()) {
      const { molecule: given, stream } = requests[k];
      const { molecule: index, conformer: number } = stream;
      if (index < this.#from) continue;
      const tally = this.#tallyOf(index);
      if (this.#count(tally, result)) yield { kind: 'conformer', index, given, number, ...result };
      const end = asked.get(index);
      if (end && number === end.asked - 1) yield this.#summaryOf(end, tally);
    }
  }

  #tallyOf(index: number): Tally {
    const empty = { made: 0, redrawn: 0, mirrored: 0, duplicates: 0, failed: [], kept: new Map() };
    const tally = this.#tallies.get(index) ?? empty;
    this.#tallies.set(index, tally);
    return tally;
  }

  /** Whether the conformer is one to give on. */
  #count(tally: Tally, result: MadeConformer | FailedConformer): result is MadeConformer {
    if (!isMade(result)) {
      tally.failed.push(result);
      return false;
    }
    tally.redrawn += Number(result.draws > 1);
    tally.mirrored += Number(result.mirrored);
    if (this.#isDuplicate(tally, result)) {
      tally.duplicates++;
      return false;
    }
    tally.made++;
    return true;
  }

  #isDuplicate({ kept }: Tally, { molecule, coordinates }: MadeConformer): boolean {
    const limit = this.#unique;
    if (limit === undefined) return false;
    const same = kept.get(molecule.smiles) ?? { measure: new BestRmsd(molecule), shapes: [] };
    kept.set(molecule.smiles, same);
    const shape = same.measure.shape(coordinates);
    if (same.shapes.some((other) => same.measure.between(other, shape) < limit)) return true;
    same.shapes.push(shape);
    return false;
  }

  #summaryOf(end: { index: number; molecule: Molecule; asked: number }, { kept, ...tally }: Tally): MoleculeSummary {
    this.#tallies.delete(end.index);
    return { kind: 'molecule', ...end, ...tally };
  }
}
