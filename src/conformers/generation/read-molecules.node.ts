import { byteStream } from '../../files/byte-stream.node.js';
import { textLines } from '../../files/text-lines.js';
import { elementSymbol } from '../../molecules/elements.js';
import { readSdf } from '../../molecules/formats/sdf-read.js';
import { atomCount, type Molecule } from '../../molecules/molecule.js';
import { readSmilesLine, TAKE_SMALLER } from '../../molecules/smiles/smiles.js';

/** The forms of files of molecules. */
export type MoleculeFileForm = 'smi' | 'sdf';

export interface ReadMoleculesOptions {
  /** Larger molecules, hydrogens counted, are errors. */
  readonly maxAtoms: number;
  /** Atomic numbers; molecules with others are errors. */
  readonly elements: ReadonlySet<number>;
  /** What errors of larger molecules advise; default to take a smaller one. */
  readonly tooLarge?: string;
}

/** A molecule, or what is wrong with a line or record and where it is. */
export type MoleculeResult = { readonly molecule: Molecule } | { readonly error: string };

/**
 * The molecules of a file, plain or gzip, one after the other; what is wrong is told, and the others go on.
 * @throws UserError where the file is missing or unreadable
 */
export async function* readMolecules(
  path: string,
  form: MoleculeFileForm,
  options: ReadMoleculesOptions,
): AsyncGenerator<MoleculeResult, void> {
  const lines = textLines(byteStream(path), path);
  if (form === 'smi') {
    for await (const line of lines) {
      const text = line.number === 1 ? line.text.replace(/^\uFEFF/, '') : line.text;
      const result = readSmilesLine({ ...line, text }, path, options);
      if (result) yield result;
    }
    return;
  }
  for await (const result of readSdf(lines, path)) {
    if ('error' in result) yield result;
    else {
      const { molecule, number, line } = result.record;
      const problem = problemOf(molecule, options);
      yield problem ? { error: `${path}:${line}: record ${number}: ${problem}` } : { molecule };
    }
  }
}

function problemOf(molecule: Molecule, options: ReadMoleculesOptions): string | undefined {
  const { maxAtoms, elements, tooLarge = TAKE_SMALLER } = options;
  if (atomCount(molecule) > maxAtoms) {
    return `the molecule has ${atomCount(molecule)} atoms, at most ${maxAtoms} are allowed; ${tooLarge}`;
  }
  const unknown = molecule.atomicNumbers.find((number) => !elements.has(number));
  return unknown === undefined ? undefined : `${elementSymbol(unknown)} is not supported`;
}

/** How many molecules a file seems to hold, errors included: for progress. */
export async function countMolecules(path: string, form: MoleculeFileForm): Promise<number> {
  let count = 0;
  let isOpen = false;
  for await (const { text } of textLines(byteStream(path), path)) {
    const trimmed = text.trim();
    if (form === 'smi') count += Number(trimmed !== '' && !trimmed.startsWith('#'));
    else if (text.startsWith('$$$$')) {
      count++;
      isOpen = false;
    } else isOpen ||= trimmed !== '';
  }
  return count + Number(isOpen);
}
