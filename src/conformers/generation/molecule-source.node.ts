import { stat } from 'node:fs/promises';
import { UserError } from '../../common/errors.js';
import type { Molecule } from '../../molecules/molecule.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import {
  countMolecules,
  type MoleculeFileForm,
  type MoleculeResult,
  type ReadMoleculesOptions,
  readMolecules,
} from './read-molecules.node.js';

/** Where molecules come from. */
export interface MoleculeSource {
  /** How many there seem to be. */
  readonly count: number;
  /** The molecules, and what is wrong with some of them. */
  results(): AsyncIterable<MoleculeResult>;
}

const FORMS: readonly (readonly [MoleculeFileForm, RegExp])[] = [
  ['smi', /\.(smi|smiles|ism|txt)(\.gz)?$/i],
  ['sdf', /\.(sdf|sd|mol)(\.gz)?$/i],
];

/** What people also keep molecules in: no SMILES ends like this. */
const OTHER_FILES = /\.(csv|tsv|xyz|pdb|mol2|cif|json|jsonl|inchi|cdx|gz|zip)$/i;

/**
 * The molecules of an argument: of a file, told by its extension, or of the one SMILES that it is.
 * @throws UserError for a file that is missing, empty or of another kind, and a SMILES that cannot be read
 */
export async function moleculeSource(argument: string, options: ReadMoleculesOptions): Promise<MoleculeSource> {
  const form = FORMS.find(([, extension]) => extension.test(argument))?.[0];
  const kind = await kindOf(argument);
  if (form && kind === 'nothing') throw new UserError(`cannot read ${argument}: no such file`);
  if (form) return fileSource(argument, form, options);
  if (OTHER_FILES.test(argument)) throw new UserError(otherFile(argument, kind));
  const molecule = smilesOf(argument, kind, options);
  return { count: 1, results: () => one(molecule) };
}

async function fileSource(
  path: string,
  form: MoleculeFileForm,
  options: ReadMoleculesOptions,
): Promise<MoleculeSource> {
  const count = await countMolecules(path, form);
  if (count === 0) throw new UserError(`${path} holds no molecules; give a file that holds some`, { file: path });
  return { count, results: () => readMolecules(path, form, options) };
}

/** A file or folder may well be called CO. */
function smilesOf(argument: string, kind: Kind, options: ReadMoleculesOptions): Molecule {
  try {
    return parseSmiles(argument, options);
  } catch (error) {
    if (!(error instanceof UserError) || (kind === 'nothing' && !looksLikeWord(argument))) throw error;
    throw new UserError(otherFile(argument, kind), { cause: error });
  }
}

/** Whether a text is rather the name of a file, or of a molecule, than a SMILES with a fault: aspirin. */
const looksLikeWord = (text: string): boolean =>
  [...text.matchAll(/[a-z]{3,}/g)].some(([letters]) => /[^bcnops]/.test(letters));

function otherFile(argument: string, kind: Kind): string {
  if (kind === 'folder') return `${argument} is a folder; name a file of molecules in it`;
  return kind === 'file'
    ? `cannot tell what ${argument} holds; give it a name that ends in .smi, .sdf or .mol`
    : `${argument} is neither a SMILES nor a file that is there; files end in .smi, .sdf or .mol`;
}

async function* one(molecule: Molecule): AsyncGenerator<MoleculeResult> {
  yield { molecule };
}

type Kind = 'file' | 'folder' | 'nothing';

async function kindOf(path: string): Promise<Kind> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
