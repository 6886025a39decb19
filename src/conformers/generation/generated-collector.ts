import { requirePositive } from '../../common/checks.js';
import { BestRmsd, type Shape } from '../../molecules/symmetry/best-rmsd.js';
import { chooseConformers } from '../making/choose-conformers.js';
import { type FailedConformer, isMade, type MadeConformer, type MakingResult } from '../making/made-conformer.js';
import { hasOneShape } from '../starts/start-shape.js';
import type { Chunk, MoleculeEnd } from './generate-chunks.js';
import type { GeneratedConformer, GenerateOptions, MoleculeSummary } from './generated.js';

/** What is there of a molecule whose last conformer is still to come. */
interface Tally {
  made: number;
  resampled: number;
  mirrored: number;
  duplicates: number;
  readonly failed: FailedConformer[];
  /** The shapes of each isomer that were kept, by its SMILES. */
  readonly kept: Map<string, { readonly measure: BestRmsd; readonly shapes: Shape[] }>;
}

const emptyTally = (): Tally => ({
  made: 0,
  resampled: 0,
  mirrored: 0,
  duplicates: 0,
  failed: [],
  kept: new Map(),
});

export type CollectorOptions = Pick<GenerateOptions, 'unique' | 'from' | 'window' | 'oversample' | 'trace'>;

/**
 * Brings results into the order of molecules, chooses where there are more than requested, omits duplicates, and
 * counts.
 */
export class GeneratedCollector {
  readonly #options: CollectorOptions;
  readonly #from: number;
  readonly #oversamples: boolean;
  readonly #tallies = new Map<number, Tally>();
  /** What there is to choose from, by molecule. */
  readonly #pools = new Map<number, MakingResult[]>();

  /** @throws UserError for a distance that is not above 0 */
  constructor(options: CollectorOptions) {
    const { unique, from = 0, oversample = 1 } = options;
    if (unique !== undefined) requirePositive(unique, 'the RMSD of unique conformers');
    this.#options = options;
    this.#from = from;
    this.#oversamples = oversample > 1;
  }

  /** The conformers of a chunk, and the summaries of molecules that end in it, each after its conformers. */
  *collect(
    { requests, ending }: Chunk,
    results: readonly MakingResult[],
  ): Generator<GeneratedConformer | MoleculeSummary, void> {
    const ends = new Map(ending.map((end) => [end.index, end]));
    for (const [k, result] of results.entries()) {
      const { molecule: given, stream } = requests[k];
      const { molecule: index, conformer: number } = stream;
      if (index < this.#from) continue;
      const end = ends.get(index);
      const isLast = end !== undefined && number === end.generated - 1;
      if (this.#oversamples) this.#poolOf(index).push(result);
      else yield* this.#take(index, given, number, result);
      if (!isLast) continue;
      if (this.#oversamples) yield* this.#choose(end);
      yield this.#summaryOf(end);
    }
  }

  *#take(index: number, given: GeneratedConformer['given'], number: number, result: MakingResult) {
    if (this.#count(this.#tallyOf(index), result)) {
      const samplerRuns = hasOneShape(given) ? 0 : result.attempts;
      yield { kind: 'conformer', index, given, number, samplerRuns, ...result } as const;
    }
  }

  /** The best of those generated; what is missing failed, or else would be a duplicate. */
  *#choose({ index, molecule: given, requested }: MoleculeEnd): Generator<GeneratedConformer, void> {
    const pool = this.#poolOf(index);
    this.#pools.delete(index);
    const { window, unique, trace } = this.#options;
    const chosen = chooseConformers(pool, requested, { window, unique });
    const made = pool.filter(isMade).length;
    const failed = pool.filter((result): result is FailedConformer => !isMade(result));
    const tally = this.#tallyOf(index);
    tally.made = chosen.length;
    tally.resampled = chosen.filter(({ attempts }) => attempts > 1).length;
    tally.mirrored = chosen.filter(({ mirrored }) => mirrored).length;
    tally.failed.push(...failed.slice(0, Math.max(requested - made, 0)));
    tally.duplicates = requested - tally.failed.length - chosen.length;
    const attempts = pool.reduce((sum, result) => sum + result.attempts, 0);
    const samplerRuns = hasOneShape(given) ? 0 : attempts / chosen.length;
    for (const [number, { path, ...conformer }] of chosen.entries()) {
      const isTraced = path && (trace === 'all' || number === 0);
      yield { kind: 'conformer', index, given, number, samplerRuns, ...conformer, ...(isTraced && { path }) };
    }
  }

  #poolOf(index: number): MakingResult[] {
    const pool = this.#pools.get(index) ?? [];
    this.#pools.set(index, pool);
    return pool;
  }

  #tallyOf(index: number): Tally {
    const tally = this.#tallies.get(index) ?? emptyTally();
    this.#tallies.set(index, tally);
    return tally;
  }

  /** Whether the conformer is one to give on. */
  #count(tally: Tally, result: MakingResult): result is MadeConformer {
    if (!isMade(result)) {
      tally.failed.push(result);
      return false;
    }
    tally.resampled += Number(result.attempts > 1);
    tally.mirrored += Number(result.mirrored);
    if (this.#isDuplicate(tally, result)) {
      tally.duplicates++;
      return false;
    }
    tally.made++;
    return true;
  }

  #isDuplicate({ kept }: Tally, { molecule, coordinates }: MadeConformer): boolean {
    const limit = this.#options.unique;
    if (limit === undefined) return false;
    const same = kept.get(molecule.smiles) ?? { measure: new BestRmsd(molecule), shapes: [] };
    kept.set(molecule.smiles, same);
    const shape = same.measure.shape(coordinates);
    if (same.shapes.some((other) => same.measure.between(other, shape) < limit)) return true;
    same.shapes.push(shape);
    return false;
  }

  #summaryOf(end: MoleculeEnd): MoleculeSummary {
    const { kept, ...tally } = this.#tallyOf(end.index);
    this.#tallies.delete(end.index);
    return { kind: 'molecule', ...end, ...tally };
  }
}
