import { availableParallelism } from 'node:os';
import { requireNonNegativeInteger } from '../../common/checks.js';
import { ThreadPool } from '../../common/thread-pool.node.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Ensemble } from '../dataset/ensemble.js';
import type { EnsembleTask } from './ensemble-work.node.js';
import type { EnsembleOptions, NoEnsemble } from './make-ensemble.js';

/** How {@link makeEnsembles} works. */
export interface MakeEnsemblesOptions extends EnsembleOptions {
  /** By default 7. */
  readonly seed?: number;
  /** Number of threads; by default one per core. The ensembles do not depend on it. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
}

/** A molecule as it was given, and its ensemble or why it has none. */
export interface MadeEnsemble {
  readonly molecule: Molecule;
  readonly made: Ensemble | NoEnsemble;
}

/** Molecules that are worked on ahead of the one that is waited for, for each thread. */
const AHEAD = 3;

/**
 * Makes ensembles of molecules on several threads, see `makeEnsemble`, and gives each as soon as it and all before it
 * are finished. A molecule's ensemble depends on its SMILES, the seed and the options alone.
 *
 * @throws UserError for a number of threads or a seed that makes no sense
 */
export async function* makeEnsembles(
  molecules: Iterable<Molecule> | AsyncIterable<Molecule>,
  { seed = 7, workers = availableParallelism(), signal, ...options }: MakeEnsemblesOptions = {},
): AsyncGenerator<MadeEnsemble, void> {
  requireNonNegativeInteger(seed, 'the seed');
  const module = new URL('./ensemble-work.node.js', import.meta.url);
  const threads = new ThreadPool<EnsembleTask, MadeEnsemble['made']>(module, { workers });
  const running: Promise<MadeEnsemble>[] = [];
  try {
    for await (const molecule of molecules) {
      const made = threads.submit({ molecule, seed, options }, signal).then((made) => ({ molecule, made }));
      made.catch(() => undefined); // it is awaited in its turn
      running.push(made);
      if (running.length >= AHEAD * workers) yield* next(running);
    }
    while (running.length > 0) yield* next(running);
  } finally {
    await threads.close();
  }
}

async function* next(running: Promise<MadeEnsemble>[]): AsyncGenerator<MadeEnsemble, void> {
  const first = await running.shift();
  if (first) yield first;
}
