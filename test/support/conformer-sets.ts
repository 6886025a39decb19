import type { Ensemble } from '../../src/conformers/dataset/ensemble.js';
import type { GeneratedRecord } from '../../src/conformers/evaluation/match-generated.js';
import { parseSdf } from '../../src/molecules/formats/sdf-read.js';
import { writeSdf } from '../../src/molecules/formats/sdf-write.js';
import type { Molecule } from '../../src/molecules/molecule.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';
import { bestRmsdCases } from './best-rmsd-fixture.js';
import { OWN_FIXTURES } from './fixtures.js';

/** The conformers of SDF text. */
export const recordsOf = (text: string): GeneratedRecord[] =>
  Array.from(parseSdf(text, 'text.sdf'), (result) => {
    if ('error' in result || !result.record.coordinates) throw new Error('a bad record');
    return { molecule: result.record.molecule, positions: result.record.coordinates, cost: {} };
  });

/** The molecules of the project's own fixture: references, generated conformers and the case that they are from. */
export const fixtureSets = () =>
  bestRmsdCases(OWN_FIXTURES).map((entry) => {
    const conformers = recordsOf(entry.reference_sdf).map(({ positions }) => positions);
    const reference: Ensemble = { molecule: parseSmiles(entry.smiles), conformers, level: 'unknown' };
    return { entry, reference, generated: recordsOf(entry.generated_sdf) };
  });

/** A chiral molecule, its conformers of one hand. */
export function chiralSet(): { reference: Ensemble; generated: GeneratedRecord[] } {
  for (const { entry } of fixtureSets()) {
    const records = recordsOf(entry.reference_sdf);
    const [{ molecule }] = records;
    if (!molecule.centres.some(({ hand }) => hand !== 0)) continue;
    const isSame = (record: GeneratedRecord): boolean => record.molecule.smiles === molecule.smiles;
    const conformers = records.filter(isSame).map(({ positions }) => positions);
    const generated = recordsOf(entry.generated_sdf).filter(isSame);
    return { reference: { molecule, conformers, level: 'unknown' }, generated };
  }
  throw new Error('no molecule of the fixture is chiral');
}

/** Records that come one after the other. */
export async function* streamed<T>(records: Iterable<T>): AsyncGenerator<T> {
  for (const record of records) yield record;
}

/** The mirror image of positions. */
export const mirrored = (positions: Float32Array): Float32Array => positions.map((x, k) => (k % 3 === 0 ? -x : x));

/** The same conformer with its atoms in another order, read back from a file. */
export function reordered({ molecule, positions }: GeneratedRecord, order: readonly number[]): GeneratedRecord {
  const place = new Map(order.map((atom, k) => [atom, k]));
  const at = (atom: number): number => place.get(atom) ?? -1;
  const { begin, end, type } = molecule.bonds;
  const rows = Array.from(type, (code, k) => {
    const [a, b] = [at(begin[k]), at(end[k])].sort((x, y) => x - y);
    return [a, b, code];
  }).sort(([a, b], [c, d]) => a - c || b - d);
  const moved: Molecule = {
    ...molecule,
    atomicNumbers: Uint8Array.from(order, (atom) => molecule.atomicNumbers[atom]),
    charges: Int8Array.from(order, (atom) => molecule.charges[atom]),
    bonds: {
      begin: Int32Array.from(rows, ([a]) => a),
      end: Int32Array.from(rows, ([, b]) => b),
      type: Uint8Array.from(rows, ([, , code]) => code),
    },
    centres: [],
    stereoBonds: [],
  };
  const coordinates = Float32Array.from(order.flatMap((atom) => [...positions.subarray(3 * atom, 3 * atom + 3)]));
  return { molecule: moved, positions: coordinates, cost: {} };
}

/** SDF text of conformers, with properties on each. */
export const sdfText = (records: readonly GeneratedRecord[], properties: Record<string, number> = {}): string =>
  records.map(({ molecule, positions }) => writeSdf(molecule, positions, properties)).join('');
