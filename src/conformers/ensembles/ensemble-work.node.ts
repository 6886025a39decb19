import type { ThreadWork } from '../../common/thread-work.js';
import type { Molecule } from '../../molecules/molecule.js';
import { loadResources } from '../../molecules/open-chem-lib.node.js';
import { Rng } from '../../random/generator.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { type EnsembleOptions, makeEnsemble, type NoEnsemble } from './make-ensemble.js';

/** The task of a thread: the ensemble of one molecule. */
export interface EnsembleTask {
  readonly molecule: Molecule;
  readonly seed: number;
  readonly options: EnsembleOptions;
}

/** What each thread does. */
export const threadWork: ThreadWork<EnsembleTask, Ensemble | NoEnsemble> = () => {
  loadResources();
  return ({ molecule, seed, options }) => {
    // Its own random numbers, wherever in a file the molecule stands.
    const rng = Rng.fromSeed(seed).fork(molecule.smiles);
    return { answer: makeEnsemble(molecule, rng, options) };
  };
};
