import { ThreadPool } from '../../common/thread-pool.node.js';
import type { Molecule } from '../../molecules/molecule.js';
import { openCentres } from '../../molecules/stereo/isomers.js';
import { isMade, type MakingResult } from '../making/made-conformer.js';
import type { MakingSettings } from '../making/making-settings.js';
import { batchEdgesOf, type ConformerMaker, type PlainRequest } from './conformer-maker.js';
import type { GenerateSetup, GenerateTask } from './generate-work.node.js';

/**
 * Makes conformers on threads, each with its own engine. What a conformer becomes does not depend on which thread makes
 * it.
 * @throws UserError for a number of workers that is not a whole number of at least 1
 */
export function pooledMaker(setup: GenerateSetup, workers: number): ConformerMaker {
  const module = new URL('./generate-work.node.js', import.meta.url);
  const options = { workers, setup, hasEngine: true };
  const threads = new ThreadPool<GenerateTask, MakingResult[], GenerateSetup>(module, options);
  const numbers = new WeakMap<Molecule, number>();
  let next = 0;
  const taskOf = (requests: readonly PlainRequest[], settings: MakingSettings): GenerateTask => {
    const own = new Map<Molecule, number>();
    for (const { molecule } of requests) {
      const number = numbers.get(molecule) ?? next++;
      numbers.set(molecule, number);
      own.set(molecule, number);
    }
    return { requests, numbers: own, settings };
  };
  return {
    // More than there are threads: while the first task is waited for, the others have something to do.
    parallel: 3 * workers,
    batchEdges: batchEdgesOf(setup.device),
    make: async (requests, settings, signal) =>
      withOwnMolecules(await threads.submit(taskOf(requests, settings), signal), requests),
    close: () => threads.close(),
  };
}

/** A molecule that came back as it was sent is the caller's own again. */
function withOwnMolecules(results: MakingResult[], requests: readonly PlainRequest[]): MakingResult[] {
  return results.map((result, k) => {
    const { molecule } = requests[k];
    return isMade(result) && openCentres(molecule).length === 0 ? { ...result, molecule } : result;
  });
}
