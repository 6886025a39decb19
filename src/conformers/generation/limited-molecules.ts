import { UserError } from '../../common/errors.js';
import { elementSymbol } from '../../molecules/elements.js';
import type { MoleculeLimits } from '../../molecules/formats/molecule-format.js';
import { type MoleculeRecordResult, placeOf } from '../../molecules/formats/molecule-record.js';
import { atomCount, type Molecule } from '../../molecules/molecule.js';
import { parseSmiles, TAKE_SMALLER } from '../../molecules/smiles/smiles.js';

/** A molecule, or what is wrong with a line or record and where it is. */
export type MoleculeResult = { readonly molecule: Molecule } | { readonly error: string };

/** The molecules of records that are within the limits; what is wrong is reported, and the others continue. */
export async function* limitedMolecules(
  results: AsyncIterable<MoleculeRecordResult>,
  limits: MoleculeLimits,
): AsyncGenerator<MoleculeResult, void> {
  for await (const result of results) {
    if ('error' in result) yield { error: `${result.where}: ${result.error}` };
    else {
      try {
        const { smiles, name, molecule = parseSmiles(smiles, { ...limits, name }) } = result.record;
        requireWithin(molecule, limits);
        yield { molecule };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        yield { error: `${placeOf(result)}: ${error.message}` };
      }
    }
  }
}

function requireWithin(molecule: Molecule, { maxAtoms = Infinity, elements, tooLarge = TAKE_SMALLER }: MoleculeLimits) {
  const atoms = atomCount(molecule);
  if (atoms > maxAtoms) {
    throw new UserError(`the molecule has ${atoms} atoms, at most ${maxAtoms} are allowed; ${tooLarge}`);
  }
  const unknown = molecule.atomicNumbers.find((number) => elements?.has(number) === false);
  if (unknown !== undefined) throw new UserError(`${elementSymbol(unknown)} is not supported`);
}
