import { availableParallelism } from 'node:os';
import { requireNonNegativeInteger, requirePositiveInteger } from '../../common/checks.js';
import { ThreadPool } from '../../common/thread-pool.node.js';
import type { Relaxed, RelaxOptions, Unsupported } from '../force-field/force-field.js';
import type { Molecule } from '../molecule.js';
import type { MoleculeAnswer, MoleculeTask, ShapeMethod } from './molecule-tasks.js';

export interface ParallelOptions {
  readonly signal?: AbortSignal;
  /** Called as conformers are finished, on the calling thread. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ShapeOptions extends ParallelOptions {
  /** By default distance geometry. */
  readonly method?: ShapeMethod;
  readonly seed?: number;
}

/** Conformers in a piece of work: small enough to share out evenly, large enough for the messages not to count. */
const CHUNK = 8;

/**
 * Threads that relax and make shapes of molecules. They start when they are needed (each loads OpenChemLib, which takes
 * a fraction of a second) and stay until {@link close}. The results do not depend on their number.
 */
export class MoleculeWorkers {
  readonly #threads: ThreadPool<MoleculeTask, MoleculeAnswer>;

  /**
   * @param workers the number of threads; by default one per core
   * @throws UserError for a number of threads that is not a whole number of at least 1
   */
  constructor(workers = availableParallelism()) {
    this.#threads = new ThreadPool(new URL('./molecule-work.node.js', import.meta.url), { workers });
  }

  /**
   * Relaxes conformers of molecules by MMFF94s.
   * @param jobs a molecule and its conformers each, in ångström, [atoms · 3]
   * @returns for each job the outcome of each conformer, in their order
   */
  async relax(
    jobs: readonly { readonly molecule: Molecule; readonly conformers: readonly Float32Array[] }[],
    { signal, onProgress, ...options }: RelaxOptions & ParallelOptions = {},
  ): Promise<(Relaxed | Unsupported)[][]> {
    const total = jobs.reduce((sum, { conformers }) => sum + conformers.length, 0);
    const count = counter(total, onProgress);
    const relaxJob = async ({ molecule, conformers }: (typeof jobs)[number]) => {
      const parts = chunks(conformers.length).map(async ([first, size]) => {
        const part = conformers.slice(first, first + size);
        const answer = await this.#threads.submit({ kind: 'relax', molecule, conformers: part, options }, signal);
        count(size);
        return answer as (Relaxed | Unsupported)[];
      });
      return (await Promise.all(parts)).flat();
    };
    return Promise.all(jobs.map(relaxJob));
  }

  /**
   * Makes shapes of one molecule, its centres set.
   * @returns ångström, [atoms · 3] each; fewer than asked where the rules run out or an isomer can hardly be
   */
  async conformers(
    molecule: Molecule,
    wanted: number,
    { method = 'distance-geometry', seed = 1, signal, onProgress }: ShapeOptions = {},
  ): Promise<Float32Array[]> {
    requirePositiveInteger(wanted, 'the number of conformers');
    requireNonNegativeInteger(seed, 'the seed');
    const count = counter(wanted, onProgress);
    // The rules find one conformer after the other; they cannot be shared out.
    const pieces = method === 'rules' ? [[0, wanted] as const] : chunks(wanted);
    const parts = pieces.map(async ([first, size]) => {
      const task = { kind: 'shapes', molecule, method, seed, first, count: size } as const;
      const answer = await this.#threads.submit(task, signal);
      count(size);
      return answer as Float32Array[];
    });
    return (await Promise.all(parts)).flat();
  }

  /** Ends the threads; what is not done is rejected. */
  close(): Promise<void> {
    return this.#threads.close();
  }
}

const chunks = (total: number): (readonly [first: number, size: number])[] =>
  Array.from({ length: Math.ceil(total / CHUNK) }, (_, k) => [k * CHUNK, Math.min(CHUNK, total - k * CHUNK)]);

function counter(total: number, onProgress: ParallelOptions['onProgress']): (finished: number) => void {
  let done = 0;
  return (finished) => {
    done += finished;
    onProgress?.(done, total);
  };
}
