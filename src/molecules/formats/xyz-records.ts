import { UserError } from '../../common/errors.js';
import { readExtendedXyz, type XyzStructure } from '../../files/extended-xyz.js';
import { StructureCutter } from '../../files/extended-xyz-cutter.js';
import { type TextLine, textLines } from '../../files/text-lines.js';
import { elementNumber } from '../elements.js';
import { errorAt, type MoleculeRecord, type MoleculeRecordResult, ofProperties } from './molecule-record.js';

/**
 * The structures of a file of XYZ, each a molecule with one conformer. What the molecule is stands in the comment:
 * `isomer` where its stereo was open, else `smiles`.
 */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<MoleculeRecordResult> {
  let number = 0;
  for await (const result of readExtendedXyz(textLines(bytes, source), source)) {
    number += 1;
    if ('error' in result) yield errorAt(result.error, source);
    else yield resultOf(result.structure, `${source}:${result.line}`, number);
  }
}

function resultOf(structure: XyzStructure, where: string, number: number): MoleculeRecordResult {
  try {
    return { record: recordOf(structure), where, number };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { error: error.message, where };
  }
}

function recordOf({ species, positions, info }: XyzStructure): MoleculeRecord {
  const smiles = info.isomer ?? info.smiles;
  if (smiles === undefined) {
    throw new UserError('the comment has no SMILES, and XYZ has no bonds; write smiles="CCO" there');
  }
  const elements = species.map((symbol, atom) => {
    const element = elementNumber(symbol);
    if (element === undefined) throw new UserError(`"${symbol}", atom ${atom + 1}, is not an element`);
    return element;
  });
  return {
    name: info.name ?? '',
    smiles,
    atomicNumbers: Uint8Array.from(elements),
    conformers: [Float32Array.from(positions)],
    ...ofProperties(new Map(Object.entries(info))),
  };
}

/** The structures that end. */
export async function count(lines: AsyncIterable<TextLine>): Promise<number> {
  const cutter = new StructureCutter('');
  let found = 0;
  for await (const { text } of lines) found += Number(cutter.push(text) !== undefined);
  return found;
}
