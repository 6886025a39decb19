import { stat } from 'node:fs/promises';
import { UserError } from '../../common/errors.js';
import { anotherFile } from '../../common/remedy.js';
import { byteStream } from '../../files/byte-stream.node.js';
import { textLines } from '../../files/text-lines.js';
import type { ConformerProperties, ConformerWriter } from '../../molecules/formats/molecule-format.js';
import { readProperty } from './conformer-record.js';

/** What an earlier run left, up to the last molecule that is certainly complete. */
export interface WrittenConformers {
  /** Where to continue: the number of the first molecule that may be incomplete, from 0. */
  readonly from: number;
  /** Its SMILES, as it was given. */
  readonly smiles: string | undefined;
  /** Conformers of the molecules before it, and where they end in the file. */
  readonly conformers: number;
  readonly bytes: number;
}

const NOTHING: WrittenConformers = { from: 0, smiles: undefined, conformers: 0, bytes: 0 };

/** A whole record: what it says, and where it begins in the file. */
interface Place {
  readonly properties: ReadonlyMap<string, string>;
  readonly begin: number;
}

/**
 * Looks through the conformers that a run has written before it was stopped. The last molecule counts as incomplete:
 * whether more of it was to come cannot be known. Half a record at the end is skipped.
 *
 * @param common what all records of the run have in common
 * @throws UserError for a file of another run, or of something else
 */
export async function readWritten(
  path: string,
  writer: ConformerWriter,
  common: ConformerProperties,
): Promise<WrittenConformers> {
  let found = NOTHING;
  let records = 0;
  for await (const { properties, begin } of placesIn(path, writer)) {
    records++;
    requireSame(properties, common, `${path}, record ${records}`);
    const index = Number(properties.get('molecule')) - 1;
    if (!(Number.isInteger(index) && index >= found.from)) {
      throw new UserError(`${path}, record ${records}: molecule ${properties.get('molecule')} is out of its order`, {
        file: path,
      });
    }
    if (found.smiles !== undefined && index === found.from) continue;
    found = { from: index, smiles: properties.get('smiles'), conformers: records - 1, bytes: begin };
  }
  return found;
}

function requireSame(properties: ReadonlyMap<string, string>, common: ConformerProperties, where: string): void {
  for (const [name, value] of Object.entries(common)) {
    const found = readProperty(properties, name);
    if (found === String(value)) continue;
    if (found === undefined) {
      throw new UserError(`${where} does not state its ${name}`, {
        code: 'conflict',
        remedy: [{ command: 'conformers generate', action: 'give' }, anotherFile],
      });
    }
    throw new UserError(`${where} was made with ${name} '${found}', this run has '${value}'`, {
      code: 'conflict',
      remedy: ['give the same settings', anotherFile],
    });
  }
}

async function* placesIn(path: string, writer: ConformerWriter): AsyncGenerator<Place, void> {
  const cutter = writer.cutter(path);
  const { size } = await stat(path);
  let [begin, at] = [0, 0];
  for await (const { text } of textLines(byteStream(path), path)) {
    at += Buffer.byteLength(text) + 1;
    // A last line without its end may be half a line.
    const properties = at > size ? undefined : cutter.push(text);
    if (!properties) continue;
    yield { properties, begin };
    begin = at;
  }
  if (at < size || at > size + 1)
    throw new UserError(`${path} has changed since it was written`, {
      code: 'conflict',
      file: path,
      remedy: anotherFile,
    });
}
