import { createHash } from 'node:crypto';
import type { Ensemble } from './ensemble.js';

/** SHA-256 of molecules, their levels of theory and their conformers, in hexadecimal. */
export function hashEnsembles(ensembles: readonly Ensemble[]): string {
  const hash = createHash('sha256');
  for (const { molecule, conformers, level } of ensembles) {
    hash.update(`${molecule.smiles} ${level}`).update(molecule.atomicNumbers);
    for (const conformer of conformers) hash.update(conformer);
  }
  return hash.digest('hex');
}
