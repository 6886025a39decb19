import { textLines } from '../../files/text-lines.js';
import { readSdf, type SdfRecord } from '../../molecules/formats/sdf-read.js';
import { type EnsembleRecord, levelOf, type RecordResult } from './ensemble-record.js';

/** The properties that may hold a conformer's energy in kcal/mol. */
const ENERGIES = ['energy', 'rel_kcal'];
/** The property that may name the method. */
const METHOD = 'method';

/**
 * The records of an SDF with conformers: those that follow each other and are the same molecule, with its atoms in the
 * same order, are one ensemble. A bad record is reported, and the others go on.
 */
export async function* sdfRecords(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<RecordResult> {
  let open: Conformer[] = [];
  for await (const result of readSdf(textLines(chunks, source), source)) {
    if ('error' in result) {
      const { problem: error, details } = result.mistake;
      yield { error, where: `${source}:${details.line}` };
      continue;
    }
    const { record } = result;
    const { coordinates } = record;
    if (coordinates === undefined) {
      yield { error: `record ${record.number} has no positions in space`, where: `${source}:${record.line}` };
      continue;
    }
    if (open.length > 0 && !isSameMolecule(open[0].record, record)) {
      yield ensembleOf(open, source);
      open = [];
    }
    open.push({ record, coordinates });
  }
  if (open.length > 0) yield ensembleOf(open, source);
}

interface Conformer {
  readonly record: SdfRecord;
  readonly coordinates: Float32Array;
}

function isSameMolecule({ molecule: a }: SdfRecord, { molecule: b }: SdfRecord): boolean {
  const same = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    x.length === y.length && Array.from(x).every((value, k) => value === y[k]);
  return (
    a.smiles === b.smiles &&
    same(a.atomicNumbers, b.atomicNumbers) &&
    same(a.bonds.begin, b.bonds.begin) &&
    same(a.bonds.end, b.bonds.end)
  );
}

function ensembleOf(conformers: readonly Conformer[], source: string): RecordResult {
  const [{ record: first }] = conformers;
  const energies = conformers.flatMap(({ record }) => energyOf(record) ?? []);
  const record: EnsembleRecord = {
    name: first.name,
    smiles: first.molecule.smiles,
    atomicNumbers: first.molecule.atomicNumbers,
    bonds: first.molecule.bonds,
    conformers: conformers.map(({ coordinates }) => coordinates),
    ...(energies.length === conformers.length && { energies }),
    level: levelOf(first.properties.get(METHOD)),
  };
  return { record, where: `${source}:${first.line}` };
}

function energyOf({ properties }: SdfRecord): number | undefined {
  const text = ENERGIES.map((key) => properties.get(key)).find((value) => value !== undefined);
  const energy = Number(text);
  return text !== undefined && text.trim() !== '' && Number.isFinite(energy) ? energy : undefined;
}
