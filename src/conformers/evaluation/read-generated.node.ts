import { UserError } from '../../common/errors.js';
import type { ByteStreamOptions } from '../../files/byte-stream.node.js';
import { type MoleculeRecord, placeOf } from '../../molecules/formats/molecule-record.js';
import type { Molecule } from '../../molecules/molecule.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import { inOrder, matchAtoms } from '../../molecules/symmetry/match-graph.js';
import { openMolecules } from '../records/open-molecules.node.js';
import { type ConformerCost, costProperties } from './evaluation.js';
import type { GeneratedRecord } from './match-generated.js';

/** A conformer of a file, or what is wrong with a record and where it is. */
export type GeneratedResult = { readonly record: GeneratedRecord } | { readonly error: string };

/**
 * The conformers of a file, one after the other, in any format that holds positions in space, plain or gzip; `-` is
 * standard input. Records without positions are errors.
 *
 * @throws UserError where the file is missing or unreadable
 */
export async function* readGenerated(path: string, options?: ByteStreamOptions): AsyncGenerator<GeneratedResult> {
  for await (const result of (await openMolecules(path, 'coordinates', options)).results) {
    if ('error' in result) yield { error: `${result.where}: ${result.error}` };
    else yield* conformersOf(result.record, placeOf(result));
  }
}

function* conformersOf(record: MoleculeRecord, place: string): Generator<GeneratedResult> {
  const cost = costOf(record.properties);
  const placed = placedBy(record);
  for (const given of record.conformers) {
    try {
      yield { record: { ...placed(given), cost } };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { error: `${place}: ${error.message}` };
    }
  }
}

/** Puts the atoms of a conformer into the order of the record's molecule. */
function placedBy(record: MoleculeRecord): (positions: Float32Array) => Omit<GeneratedRecord, 'cost'> {
  const { molecule: whole, smiles, name, atomicNumbers, bonds } = record;
  if (whole) return (positions) => ({ molecule: whole, positions });
  let known: Molecule | undefined;
  return (given) => {
    known ??= parseSmiles(smiles, { name });
    const match = matchAtoms(known, atomicNumbers, given, bonds);
    if (!match) throw new UserError(`the positions do not have the bonds of ${smiles}`);
    return { molecule: known, positions: inOrder(given, match) };
  };
}

/** What is no number of 0 or more is taken as not told. */
function costOf(properties: MoleculeRecord['properties']): ConformerCost {
  const entries = Object.entries(costProperties).flatMap(([name, property]) => {
    const text = properties?.get(property)?.trim();
    const value = text ? Number(text) : Number.NaN;
    return Number.isFinite(value) && value >= 0 ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}
