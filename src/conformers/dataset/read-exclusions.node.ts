import { UserError } from '../../common/errors.js';
import { canonicalSmiles, parseSmiles } from '../../molecules/smiles/smiles.js';
import { openMolecules } from '../records/open-molecules.node.js';

/** A molecule as it counts when data are kept apart: its canonical SMILES without stereo. */
export type Family = string;

/**
 * The molecules of files in any format, plain or gzip, without their stereo: those that may not be in a training set
 * because they are in a test set.
 *
 * @param onFault called with the place and the reason for each that cannot be read
 */
export async function readExclusions(
  paths: readonly string[],
  onFault: (message: string) => void = () => {},
): Promise<Set<Family>> {
  const found = new Set<Family>();
  for (const path of paths) {
    const { results } = await openMolecules(path, 'graph');
    for await (const result of results) {
      try {
        if ('error' in result) throw new UserError(result.error);
        const { molecule, smiles } = result.record;
        found.add(canonicalSmiles(molecule ?? parseSmiles(smiles), { stereo: false }));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        onFault(`${result.where}: ${error.message}`);
      }
    }
  }
  return found;
}
