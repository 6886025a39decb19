import { stat } from 'node:fs/promises';
import { UserError } from '../../common/errors.js';
import { anotherFile } from '../../common/remedy.js';
import { byteStream } from '../../files/byte-stream.node.js';
import { parseInfo } from '../../files/extended-xyz-info.js';
import { textLines } from '../../files/text-lines.js';
import { readProperties } from '../../molecules/formats/sdf-properties.js';
import type { ConformerForm, RecordProperties } from './conformer-record.js';

/** What an earlier run has left, up to the last molecule that is certainly complete. */
export interface WrittenConformers {
  /** Where to go on: the number of the first molecule that may be incomplete, from 0. */
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
 * whether more of it was to come cannot be told. Half a record at the end is passed over.
 *
 * @param common what all records of the run have in common
 * @throws UserError for a file of another run, or of something else
 */
export async function readWritten(
  path: string,
  form: ConformerForm,
  common: RecordProperties,
): Promise<WrittenConformers> {
  let found = NOTHING;
  let records = 0;
  for await (const { properties, begin } of placesIn(path, form)) {
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

function requireSame(properties: ReadonlyMap<string, string>, common: RecordProperties, where: string): void {
  for (const [name, value] of Object.entries(common)) {
    const found = properties.get(name);
    if (found === String(value)) continue;
    if (found === undefined) {
      throw new UserError(`${where} does not say its ${name}`, {
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

async function* placesIn(path: string, form: ConformerForm): AsyncGenerator<Place, void> {
  const cutter = form === 'sdf' ? new SdfCutter() : new XyzCutter(path);
  const { size } = await stat(path);
  let [begin, at] = [0, 0];
  for await (const { text } of textLines(byteStream(path), path)) {
    at += Buffer.byteLength(text) + 1;
    const properties = cutter.push(text);
    // A last line without its end may be half a line.
    if (!properties || at > size) continue;
    yield { properties, begin };
    begin = at;
  }
  if (at < size || at > size + 1)
    throw new UserError(`${path} was changed since it was written`, {
      code: 'conflict',
      file: path,
      remedy: anotherFile,
    });
}

class SdfCutter {
  #lines: string[] = [];

  push(line: string): ReadonlyMap<string, string> | undefined {
    if (!line.startsWith('$$$$')) {
      this.#lines.push(line);
      return undefined;
    }
    const properties = readProperties(this.#lines.slice(this.#lines.indexOf('M  END') + 1));
    this.#lines = [];
    return properties;
  }
}

class XyzCutter {
  readonly #source: string;
  #lines: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  push(line: string): ReadonlyMap<string, string> | undefined {
    this.#lines.push(line);
    const [count, comment] = this.#lines;
    if (!/^\s*\d+\s*$/.test(count)) {
      throw new UserError(`${this.#source}: '${count}' stands where a frame should begin; this is no XYZ file`, {
        file: this.#source,
      });
    }
    if (this.#lines.length < Number(count) + 2) return undefined;
    this.#lines = [];
    return new Map(Object.entries(parseInfo(comment, this.#source)));
  }
}
