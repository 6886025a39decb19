import { type TextLine, textLines } from '../../files/text-lines.js';
import { errorAt, type MoleculeRecordResult, ofProperties } from './molecule-record.js';
import { readSdf, type SdfRecord } from './sdf-read.js';

/** The records of an SDF, each a molecule with one conformer, or none where it does not lie in space. */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<MoleculeRecordResult> {
  for await (const result of readSdf(textLines(bytes, source), source)) {
    yield 'error' in result ? errorAt(result.error, source) : resultOf(result.record, source);
  }
}

function resultOf(
  { molecule, coordinates, properties, number, line }: SdfRecord,
  source: string,
): MoleculeRecordResult {
  const { name, smiles, atomicNumbers, bonds } = molecule;
  const conformers = coordinates ? [coordinates] : [];
  const record = { name, smiles, molecule, atomicNumbers, bonds, conformers, ...ofProperties(properties) };
  return { record, where: `${source}:${line}`, number };
}

/** The records that end, and one that the end of the file ends. */
export async function count(lines: AsyncIterable<TextLine>): Promise<number> {
  let ended = 0;
  let isOpen = false;
  for await (const { text } of lines) {
    const isEnd = text.startsWith('$$$$');
    ended += Number(isEnd);
    isOpen = !isEnd && (isOpen || text.trim() !== '');
  }
  return ended + Number(isOpen);
}
