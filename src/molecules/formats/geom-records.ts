import { UserError } from '../../common/errors.js';
import { MsgpackStream } from '../../files/msgpack-stream.js';
import { parseGeomEntry } from './geom-record.js';
import type { MoleculeRecordResult } from './molecule-record.js';

/**
 * The records of GEOM's `…_crude.msgpack`: one map after the other, each of about a thousand SMILES and their
 * entries. One entry at a time is in memory. An entry that says something strange is reported, and reading continues.
 *
 * @throws UserError with the byte where the file is damaged or cut short
 */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<MoleculeRecordResult> {
  const stream = new MsgpackStream(bytes, source);
  let number = 0;
  try {
    while (!(await stream.atEnd())) {
      const entries = await stream.enterMap();
      for (let entry = 0; entry < entries; entry++) {
        number += 1;
        const where = `${source}, record ${number} (byte ${stream.position})`;
        const smiles = await stream.read();
        const value = await stream.read();
        yield resultOf(smiles, value, where);
      }
    }
  } catch (error) {
    throw error instanceof UserError
      ? new UserError(`${error.message}, in record ${number}`, {
          file: source,
          record: number,
          cause: error,
        })
      : error;
  } finally {
    await stream.close();
  }
}

function resultOf(smiles: unknown, value: unknown, where: string): MoleculeRecordResult {
  try {
    return { record: parseGeomEntry(smiles, value), where };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { error: error.message, where };
  }
}
