import { UserError } from '../../common/errors.js';
import { byteStream } from '../../files/byte-stream.node.js';
import { textLines } from '../../files/text-lines.js';
import { canonicalSmiles, parseSmiles } from '../../molecules/smiles/smiles.js';
import { readRecords } from '../records/read-records.node.js';

/** A molecule as it counts when data are kept apart: its canonical SMILES without stereo. */
export type Family = string;

/**
 * The molecules of files, without their stereo: those that may not be in a training set because they are in a test
 * set. Files of conformers as `readRecords` takes them, or lists with a SMILES at the start of each line (`.smi`,
 * `.csv`, `.txt`, also as gzip).
 *
 * @param onFault called with the place and the reason for each that cannot be read
 */
export async function readExclusions(
  paths: readonly string[],
  onFault: (message: string) => void = () => {},
): Promise<Set<Family>> {
  const found = new Set<Family>();
  for (const path of paths) {
    for await (const { smiles, where } of smilesOf(path, onFault)) {
      try {
        found.add(canonicalSmiles(parseSmiles(smiles), { stereo: false }));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        onFault(`${where}: ${error.message}`);
      }
    }
  }
  return found;
}

interface Found {
  readonly smiles: string;
  readonly where: string;
}

async function* smilesOf(path: string, onFault: (message: string) => void): AsyncGenerator<Found> {
  if (/\.(smi|smiles|csv|tsv|txt)(\.gz)?$/i.test(path)) {
    yield* listed(path);
    return;
  }
  for await (const result of readRecords(path)) {
    if ('error' in result) onFault(`${result.where}: ${result.error}`);
    else yield { smiles: result.record.smiles, where: result.where };
  }
}

async function* listed(path: string): AsyncGenerator<Found> {
  for await (const { number, text } of textLines(byteStream(path), path)) {
    const [smiles = ''] = text.trim().split(/[\s,;]/);
    if (smiles !== '' && smiles.toLowerCase() !== 'smiles') yield { smiles, where: `${path}:${number}` };
  }
}
