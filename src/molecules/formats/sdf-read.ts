import { UserError } from '../../common/errors.js';
import type { TextLine } from '../../files/text-lines.js';
import { readMolBlock } from './mol-block.js';
import { type MolMolecule, moleculeOfMolBlock } from './mol-molecule.js';
import { BlockCutter, BlockReader, type SdfBlock } from './sdf-block.js';
import { readProperties } from './sdf-properties.js';

/** A record of an SDF. */
export interface SdfRecord extends MolMolecule {
  readonly properties: ReadonlyMap<string, string>;
  readonly name: string;
  /** Which record of the file, from 1, and the number of its first line. */
  readonly number: number;
  readonly line: number;
}

/** A record, or what is wrong with it and where. */
export type SdfResult = { readonly record: SdfRecord } | { readonly error: string; readonly mistake: UserError };

/**
 * Reads SDF or MOL text (V2000, V3000), record by record. A bad record gives an error with its number and line, and
 * the others go on. Stereo is taken from the positions where the file has them in space, else from wedges; isotopes
 * count as their elements.
 *
 * @param source the file's name, for error messages
 */
export function* parseSdf(text: string, source: string): Generator<SdfResult, void> {
  const cutter = new BlockCutter(source);
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const block = cutter.push({ number: at + 1, text: line });
    if (block) yield readBlock(block);
  }
  const last = cutter.end();
  if (last) yield readBlock(last);
}

/** Reads SDF as {@link parseSdf} does, from lines that come one after the other: a file of any size. */
export async function* readSdf(lines: AsyncIterable<TextLine>, source: string): AsyncGenerator<SdfResult, void> {
  const cutter = new BlockCutter(source);
  for await (const line of lines) {
    const block = cutter.push(line);
    if (block) yield readBlock(block);
  }
  const last = cutter.end();
  if (last) yield readBlock(last);
}

function readBlock(block: SdfBlock): SdfResult {
  try {
    return { record: readRecord(block) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { error: error.message, mistake: error };
  }
}

function readRecord(block: SdfBlock): SdfRecord {
  const reader = new BlockReader(block);
  const mol = readMolBlock(reader);
  const place = { name: mol.name, number: block.number, line: block.firstLine };
  const properties = readProperties(reader.rest());
  try {
    return { ...place, properties, ...moleculeOfMolBlock(mol) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw reader.error(error.message, 0);
  }
}
