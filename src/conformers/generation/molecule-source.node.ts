import { stat } from 'node:fs/promises';
import { UserError } from '../../common/errors.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import { formatByName, usualEndings } from '../../files/file-format.js';
import { openFormat } from '../../files/open-format.node.js';
import { textLines } from '../../files/text-lines.js';
import { formatsWith, type MoleculeLimits } from '../../molecules/formats/molecule-format.js';
import type { Molecule } from '../../molecules/molecule.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import { moleculeFormats } from '../records/formats.js';
import { limitedMolecules, type MoleculeResult } from './limited-molecules.js';

/** Where molecules come from. */
export interface MoleculeSource {
  /** How many there seem to be, those that cannot be read included. */
  readonly count: number;
  /** The molecules, and what is wrong with some of them. */
  results(): AsyncIterable<MoleculeResult>;
}

/** What people also keep molecules in: no SMILES ends like this. */
const OTHER_FILES = /\.(pdb|mol2|cif|inchi|cdx|gz|zip)$/i;

/**
 * The molecules of an argument: of a file in any format that holds bonds, recognized by its name or how it begins, of
 * standard input for `-`, or of the one SMILES that it is.
 *
 * @param signal ends the wait for standard input
 * @throws UserError for a file that is missing, empty or of another kind, and a SMILES that cannot be read
 */
export async function moleculeSource(
  argument: string,
  limits: MoleculeLimits,
  signal?: AbortSignal,
): Promise<MoleculeSource> {
  const kind = argument === STANDARD ? 'file' : await kindOf(argument);
  const isNamed = argument === STANDARD || formatByName(moleculeFormats, argument) !== undefined;
  if (isNamed && kind === 'nothing') throw new UserError(`cannot read ${argument}: no such file`);
  const molecule = isNamed ? undefined : smilesOf(argument, kind, limits);
  return molecule ? { count: 1, results: () => one(molecule) } : fileSource(argument, limits, signal);
}

async function fileSource(path: string, limits: MoleculeLimits, signal?: AbortSignal): Promise<MoleculeSource> {
  const file = await openFormat(path, formatsWith(moleculeFormats, 'graph'), { signal, again: true });
  const { source, bytes, again } = file;
  const { read, count: counted } = await file.format.reader();
  const count = counted ? await counted(textLines(bytes, source)) : await countOf(read(bytes, source));
  if (count === 0) throw new UserError(`${source} holds no molecules; give one that does`, { file: source });
  return { count, results: () => limitedMolecules(read(again(), source, limits), limits) };
}

async function countOf(results: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of results) count += 1;
  return count;
}

/**
 * The molecule that an argument is; undefined where it is rather a file that is there. A file or folder may well be
 * called CO.
 */
function smilesOf(argument: string, kind: Kind, limits: MoleculeLimits): Molecule | undefined {
  try {
    if (OTHER_FILES.test(argument)) throw new UserError(`${argument} has the extension of a file`);
    return parseSmiles(argument, limits);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (kind === 'file') return undefined;
    if (kind === 'folder') throw new UserError(`${argument} is a folder; name a file of molecules in it`);
    if (!looksLikeWord(argument) && !OTHER_FILES.test(argument)) throw error;
    const endings = usualEndings(formatsWith(moleculeFormats, 'graph').fit);
    const message = `${argument} is neither a SMILES nor an existing file; files end in ${endings}`;
    throw new UserError(message, { cause: error });
  }
}

/** Whether a text is rather the name of a file, or of a molecule, than a SMILES with a fault: aspirin. */
const looksLikeWord = (text: string): boolean =>
  [...text.matchAll(/[a-z]{3,}/g)].some(([letters]) => /[^bcnops]/.test(letters));

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
