import { byteStream } from '../../files/byte-stream.node.js';
import { textLines } from '../../files/text-lines.js';
import { readSdf, type SdfRecord } from '../../molecules/formats/sdf-read.js';
import { type ConformerCost, costProperties } from './evaluation.js';
import type { GeneratedRecord } from './match-generated.js';

/** A conformer of an SDF, or what is wrong with a record and where it is. */
export type GeneratedResult = { readonly record: GeneratedRecord } | { readonly error: string };

/**
 * The conformers of an SDF, plain or gzip, one after the other. Records without positions in space are errors.
 *
 * @throws UserError where the file is missing or unreadable
 */
export async function* readGenerated(path: string): AsyncGenerator<GeneratedResult> {
  for await (const result of readSdf(textLines(byteStream(path), path), path)) {
    if ('error' in result) yield result;
    else yield conformerOf(result.record, path);
  }
}

function conformerOf({ molecule, coordinates, properties, number, line }: SdfRecord, path: string): GeneratedResult {
  if (!coordinates) return { error: `${path}:${line}: record ${number}: it has no positions in space` };
  return { record: { molecule, positions: coordinates, cost: costOf(properties) } };
}

/** What is no number of 0 or more is taken as not told. */
function costOf(properties: ReadonlyMap<string, string>): ConformerCost {
  const entries = Object.entries(costProperties).flatMap(([name, property]) => {
    const text = properties.get(property)?.trim();
    const value = text ? Number(text) : Number.NaN;
    return Number.isFinite(value) && value >= 0 ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}
