import { type FileFormat, type FormatChoice, titlesOf } from '../../files/file-format.js';
import type { TextLine } from '../../files/text-lines.js';
import type { Molecule } from '../molecule.js';
import type { MoleculeRecord, MoleculeRecordResult } from './molecule-record.js';

/** What files may hold of molecules, and how messages call it. */
export const holdings = {
  graph: 'which atoms are bonded',
  coordinates: 'positions in space',
  stereo: 'the hands of centres and the sides of double bonds',
  ensembles: 'several conformers in one record',
  properties: 'text by names',
  energies: 'energies of conformers',
} as const;
export type Holding = keyof typeof holdings;

/**
 * A format of files of molecules: what is said of it here, and its code, which is loaded when such a file is read or
 * written. A new format is one of these in a file of its own, and a line in the list of all formats.
 */
export interface MoleculeFormat extends FileFormat {
  readonly holds: readonly Holding[];
  /** Loads what reads it: `() => import('./sdf-records.js')`. */
  readonly reader: () => Promise<MoleculeReader>;
  /** Loads what writes conformers in it, where something does. */
  readonly writer?: () => Promise<ConformerWriter>;
}

/** A format that conformers are written in. */
export type WrittenFormat = MoleculeFormat & Required<Pick<MoleculeFormat, 'writer'>>;

/** Molecules that are not wanted: where a reader knows before it has made them, it gives errors of its own. */
export interface MoleculeLimits {
  /** Larger molecules, hydrogens counted, are errors. */
  readonly maxAtoms?: number;
  /** Atomic numbers; molecules with others are errors. */
  readonly elements?: ReadonlySet<number>;
  /** What errors of larger molecules advise; default to use a smaller one. */
  readonly tooLarge?: string;
}

/** Reads a format: a module that exports these. */
export interface MoleculeReader {
  /**
   * The records of a file, one after the other. A bad record is reported, and reading continues.
   *
   * @param source the file's name, for error messages
   * @throws UserError where the file is damaged, so that no further record can be found
   */
  read(bytes: AsyncIterable<Uint8Array>, source: string, limits?: MoleculeLimits): AsyncIterable<MoleculeRecordResult>;
  /** How many records there seem to be, bad ones included, where that takes less than to read them. */
  count?(lines: AsyncIterable<TextLine>): Promise<number>;
}

/** Writes conformers, and finds them in what a stopped run left: a module that exports these. */
export interface ConformerWriter {
  /** A conformer as text that ends with the end of a line. @param coordinates Å, [atoms · 3] */
  write(molecule: Molecule, coordinates: ArrayLike<number>, properties: ConformerProperties): string;
  /** Takes the lines of such a file, one after the other. @param source the file's name, for error messages */
  cutter(source: string): ConformerCutter;
}

/** What a file says of a conformer in addition to the molecule, by name. */
export type ConformerProperties = Readonly<Record<string, string | number>>;

/** Finds where conformers end in a file that is read line by line, and what is said of each. */
export interface ConformerCutter {
  /** The properties of the conformer that ends with this line, if one does. @throws UserError for another format */
  push(line: string): MoleculeRecord['properties'];
}

/** The formats that hold what is needed. */
export function formatsWith(all: readonly MoleculeFormat[], need: Holding): FormatChoice<MoleculeFormat> {
  return { all, fit: all.filter(({ holds }) => holds.includes(need)), need: holdings[need] };
}

/** The formats that conformers are written in, of which the first is the usual one. */
export const writtenFormats = (all: readonly MoleculeFormat[]): WrittenFormat[] =>
  all.filter((format): format is WrittenFormat => format.writer !== undefined);

/** For help texts: `SMILES lists (.smi), SDF (.sdf) or JSON lines (.jsonl), plain or gzip`. */
export const describeInputs = (all: readonly MoleculeFormat[], need: Holding): string =>
  `${titlesOf(formatsWith(all, need).fit)}, plain or gzip`;
