import { ScratchFile } from '../../files/scratch-file.node.js';
import type { EnsembleEntry, SplitName } from '../dataset/dataset.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { lowestConformers, mergeEnsembles } from '../dataset/merge-ensembles.js';

interface Stored extends Omit<Ensemble, 'conformers'> {
  readonly conformerCount: number;
  /** Who it is whatever its stereo: all ensembles of a family go into one split. */
  readonly family: string;
  /** Where its positions begin in the scratch file. */
  readonly start: number;
}

export interface StoreOptions {
  /** The most conformers that a molecule keeps, those of lowest energy. */
  readonly maxConformers?: number;
}

/**
 * Ensembles on their way into a data set. Positions wait in a scratch file, so that they may take more room than there
 * is memory; an isomer that comes again at the same level of theory is merged with what is there.
 */
export class EnsembleStore {
  readonly #scratch: ScratchFile;
  readonly #maxConformers: number;
  readonly #stored = new Map<string, Stored>();

  private constructor(scratch: ScratchFile, maxConformers: number) {
    this.#scratch = scratch;
    this.#maxConformers = maxConformers;
  }

  /** @param target the data set to be; the scratch file lies beside it */
  static async open(target: string, { maxConformers = Infinity }: StoreOptions = {}): Promise<EnsembleStore> {
    return new EnsembleStore(await ScratchFile.open(target), maxConformers);
  }

  /** How many ensembles there are. */
  get size(): number {
    return this.#stored.size;
  }

  /**
   * @param family what the molecule is without its stereo
   * @returns `different` where the atoms could not be laid on those that are there; the ensemble is then left out
   */
  async add(ensemble: Ensemble, family: string): Promise<'new' | 'merged' | 'different'> {
    const key = `${ensemble.level} ${ensemble.molecule.smiles}`;
    const before = this.#stored.get(key);
    const whole = before ? mergeEnsembles(await this.#load(before), ensemble) : ensemble;
    if (whole === undefined) return 'different';
    await this.#keep(key, lowestConformers(whole, this.#maxConformers), family);
    return before ? 'merged' : 'new';
  }

  /** All entries, in the order in which they came. @param splitOf the split of a family */
  entries(splitOf: (family: string) => SplitName): EnsembleEntry[] {
    return Array.from(this.#stored.values(), ({ start: _, family, ...entry }) => {
      return { ...entry, split: splitOf(family) };
    });
  }

  /** The positions of all entries, in their order, as a data set holds them. */
  async *positions(): AsyncGenerator<Uint8Array> {
    for (const stored of this.#stored.values()) yield await this.#scratch.read(stored.start, byteLength(stored));
  }

  /** Removes the scratch file. */
  async close(): Promise<void> {
    await this.#scratch.remove();
  }

  async #keep(key: string, { conformers, ...rest }: Ensemble, family: string): Promise<void> {
    const positions = Float32Array.from(conformers.flatMap((conformer) => [...conformer]));
    const start = await this.#scratch.append(new Uint8Array(positions.buffer));
    this.#stored.set(key, { ...rest, conformerCount: conformers.length, family, start });
  }

  async #load(stored: Stored): Promise<Ensemble> {
    const { start, conformerCount, family: _, ...rest } = stored;
    const { buffer } = await this.#scratch.read(start, byteLength(stored));
    const size = stored.molecule.atomicNumbers.length * 3;
    const conformers = Array.from({ length: conformerCount }, (_, i) => new Float32Array(buffer, i * size * 4, size));
    return { ...rest, conformers };
  }
}

function byteLength({ molecule, conformerCount }: Stored): number {
  return molecule.atomicNumbers.length * 3 * Float32Array.BYTES_PER_ELEMENT * conformerCount;
}
