import { createHash } from 'node:crypto';
import { UserError } from '../../common/errors.js';
import { fileSize } from '../../files/file-size.node.js';
import { canonicalSmiles, parseSmiles } from '../../molecules/smiles/smiles.js';
import { EnsembleStore } from '../ensembles/ensemble-store.node.js';
import type { EnsembleRecord } from '../records/ensemble-record.js';
import { type ConformerFault, fitRecord } from '../records/fit-record.js';
import { readRecords } from '../records/read-records.node.js';
import { filterMolecule, type MoleculeFilter, type RecordFault } from '../records/record-filter.js';
import type { DatasetOrigin } from './dataset.js';
import { type ManifestFile, writeDatasetStream } from './dataset-file.node.js';
import type { TheoryLevel } from './ensemble.js';
import { moleculeSplitter, type SplitShares } from './split-molecules.js';

/** What {@link prepareDataset} takes up and leaves out. */
export interface PrepareOptions extends MoleculeFilter {
  readonly seed: number;
  readonly shares: SplitShares;
  /** The level of theory of all inputs, whatever they say. */
  readonly level?: TheoryLevel;
  /** The most conformers of an isomer, those of lowest energy. */
  readonly maxConformers?: number;
  /** The most ensembles. */
  readonly limit?: number;
  /** For the manifest. */
  readonly program?: string;
  readonly command?: string;
  readonly signal?: AbortSignal;
  /** Called now and then. @param bytes read so far of all inputs, @param ensembles kept so far */
  readonly onProgress?: (bytes: number, ensembles: number) => void;
  /** Called with the place and the reason for each record that cannot be read. */
  readonly onFault?: (message: string) => void;
}

/** What became of one input. */
export interface PreparedSource {
  readonly path: string;
  /** SHA-256 of the file; undefined where it was not read to its end. */
  readonly sha256?: string;
  readonly records: number;
  /** Records of which at least one conformer was kept. */
  readonly kept: number;
}

/** What {@link prepareDataset} made. */
export interface PreparedDataset {
  readonly manifest: ManifestFile;
  readonly sources: readonly PreparedSource[];
  /** Ensembles that came again, and were merged with what was there. */
  readonly merged: number;
}

/**
 * Makes one data set of files of conformers, each record checked (see {@link fitRecord}), filtered and merged with the
 * others of its isomer, and split by molecule. Memory holds the molecules but not their positions.
 *
 * @throws UserError where an input cannot be read or is cut short, nothing is left, or the data set cannot be written
 */
export async function prepareDataset(
  inputs: readonly string[],
  out: string,
  options: PrepareOptions,
): Promise<PreparedDataset> {
  const { seed, shares, program, command, maxConformers } = options;
  const splitOf = moleculeSplitter(seed, shares);
  const store = await EnsembleStore.open(out, { maxConformers });
  try {
    const work = new Preparation(store, options);
    for (const path of inputs) await work.readInput(path);
    if (store.size === 0) throw new UserError(`no usable conformers in ${inputs.join(', ')}: ${work.describeFaults()}`);
    const { sources, rejected, merged } = work;
    const origin: DatasetOrigin = {
      ...(program !== undefined && { program }),
      ...(command !== undefined && { command }),
      sources: sources.map(({ kept: _, ...source }) => source),
      rejected,
      seed,
    };
    const manifest = await writeDatasetStream(out, store.entries(splitOf), store.positions(), origin);
    return { manifest, sources, merged };
  } finally {
    await store.close();
  }
}

class Preparation {
  readonly rejected: { records: Record<string, number>; conformers: Record<string, number> } = {
    records: {},
    conformers: {},
  };
  readonly sources: PreparedSource[] = [];
  merged = 0;
  readonly #store: EnsembleStore;
  readonly #options: PrepareOptions;
  #bytes = 0;

  constructor(store: EnsembleStore, options: PrepareOptions) {
    this.#store = store;
    this.#options = options;
  }

  async readInput(path: string): Promise<void> {
    const hash = createHash('sha256');
    const before = this.#bytes;
    const onRead = (bytes: Uint8Array): void => {
      hash.update(bytes);
      this.#bytes += bytes.length;
    };
    let [records, kept] = [0, 0];
    for await (const result of this.#isFull() ? [] : readRecords(path, { onRead, signal: this.#options.signal })) {
      this.#options.signal?.throwIfAborted();
      records += 1;
      if ('error' in result) this.#report(`${result.where}: ${result.error}`);
      else if (await this.#take(result.record, result.where)) kept += 1;
      this.#options.onProgress?.(this.#bytes, this.#store.size);
      if (this.#isFull()) break;
    }
    const size = await fileSize(path);
    const isWhole = size === undefined ? !this.#isFull() : size === this.#bytes - before;
    this.sources.push({ path, ...(isWhole && { sha256: hash.digest('hex') }), records, kept });
  }

  describeFaults(): string {
    const { records, conformers } = this.rejected;
    const faults = [...Object.entries(records), ...Object.entries(conformers)];
    return faults.map(([reason, count]) => `${count} × ${reason}`).join(', ') || 'there were no records';
  }

  #isFull(): boolean {
    return this.#store.size >= (this.#options.limit ?? Infinity);
  }

  /** Whether anything of a record was kept. */
  async #take(record: EnsembleRecord, where: string): Promise<boolean> {
    try {
      const molecule = parseSmiles(record.smiles, { name: record.name });
      const family = canonicalSmiles(molecule, { stereo: false });
      const unwanted = filterMolecule(molecule, family, this.#options);
      if (unwanted) return this.#reject(unwanted);
      const { level = record.level } = this.#options;
      const { ensembles, faults } = fitRecord({ ...record, level }, molecule);
      for (const [fault, count] of entriesOf(faults)) add(this.rejected.conformers, fault, count);
      if (ensembles.length === 0) return this.#reject('no valid conformer');
      for (const ensemble of ensembles) {
        const added = await this.#store.add(ensemble, family);
        if (added === 'different') this.#reject('atoms do not match');
        if (added === 'merged') this.merged += 1;
      }
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return this.#report(`${where}: ${error.message}`);
    }
  }

  #report(message: string): false {
    this.#options.onFault?.(message);
    return this.#reject('cannot be read');
  }

  #reject(reason: RecordFault): false {
    add(this.rejected.records, reason, 1);
    return false;
  }
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count;
}

function entriesOf(faults: Readonly<Partial<Record<ConformerFault, number>>>): [string, number][] {
  return Object.entries(faults);
}
