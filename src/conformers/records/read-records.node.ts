import { UserError } from '../../common/errors.js';
import { type ByteStreamOptions, byteStream } from '../../files/byte-stream.node.js';
import { readDataset } from '../dataset/dataset-file.node.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { levelOf, type RecordResult } from './ensemble-record.js';
import { fitRecord } from './fit-record.js';
import { geomRecords } from './geom-stream.js';
import { jsonRecords } from './json-lines.js';
import { isTar, recordFormat } from './record-format.js';
import { sdfRecords } from './sdf-records.js';

/**
 * Reads the records of a file of conformers, told by its name and its first bytes: JSON lines, SDF, GEOM's msgpack
 * (each also as gzip), or a data set of clofnet's. Files are streamed: one record at a time is in memory, but for a
 * data set. Where a record does not name its level of theory, the file's name may (`test_drug_dft.jsonl`).
 *
 * @throws UserError where the file is missing, of another kind, damaged or cut short
 */
export async function* readRecords(path: string, options: ByteStreamOptions = {}): AsyncGenerator<RecordResult> {
  const level = levelOf(path.split(/[\\/]/).at(-1));
  for await (const result of await openRecords(path, options)) {
    const isUnknown = 'record' in result && result.record.level === 'unknown';
    yield isUnknown ? { ...result, record: { ...result.record, level } } : result;
  }
}

/** What {@link readEnsembles} finds: an ensemble, or what is wrong with a record and where it is. */
export type ReadResult = { readonly ensemble: Ensemble } | { readonly error: string };

/**
 * Reads the ensembles of a file of any kind that {@link readRecords} knows, each conformer checked; see
 * {@link fitRecord}. A record none of whose conformers is right is reported like one that cannot be read.
 */
export async function* readEnsembles(path: string, options: ByteStreamOptions = {}): AsyncGenerator<ReadResult> {
  for await (const result of readRecords(path, options)) {
    if ('error' in result) yield { error: `${result.where}: ${result.error}` };
    else {
      try {
        const { ensembles, faults } = fitRecord(result.record);
        if (ensembles.length === 0) yield { error: `${result.where}: no conformer is right: ${describe(faults)}` };
        for (const ensemble of ensembles) yield { ensemble };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        yield { error: `${result.where}: ${error.message}` };
      }
    }
  }
}

function describe(faults: Readonly<Record<string, number>>): string {
  return Object.entries(faults)
    .map(([fault, count]) => `${count} × ${fault}`)
    .join(', ');
}

async function openRecords(path: string, options: ByteStreamOptions): Promise<AsyncIterable<RecordResult>> {
  const bytes = byteStream(path, options);
  const { value: start = new Uint8Array() } = await bytes.next();
  if (isTar(start)) throw new UserError(`${path} is a tar archive; unpack it first: tar xzf ${path}`);
  if (start.length === 0) throw new UserError(`${path}: the file is empty`);
  const all = resumed(start, bytes);
  switch (recordFormat(path, start)) {
    case 'json':
      return jsonRecords(all, path);
    case 'sdf':
      return sdfRecords(all, path);
    case 'msgpack':
      return geomRecords(all, path);
    case 'dataset':
      await bytes.return(undefined);
      return datasetRecords(path);
    case undefined:
      throw new UserError(
        `${path}: neither JSON lines, SDF, GEOM's msgpack nor a data set of clofnet's; see docs/conformer-data.md`,
      );
  }
}

/** A stream with its first piece put back. */
async function* resumed(start: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* datasetRecords(path: string): AsyncGenerator<RecordResult> {
  const { ensembles } = await readDataset(path);
  for (const [i, { molecule, conformers, energies, weights, level }] of ensembles.entries()) {
    const { name, smiles, atomicNumbers, bonds } = molecule;
    const record = { name, smiles, atomicNumbers, bonds, conformers, level };
    const known = { ...(energies && { energies: [...energies] }), ...(weights && { weights: [...weights] }) };
    yield { record: { ...record, ...known }, where: `${path}, molecule ${i + 1}` };
  }
}
