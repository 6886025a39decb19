import { decodeSafetensors } from '../../files/safetensors.js';
import type { MoleculeRecordResult } from '../../molecules/formats/molecule-record.js';
import { decodeDataset } from './dataset.js';

/** The ensembles of a data set, which is in memory as a whole. */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<MoleculeRecordResult> {
  const { ensembles } = decodeDataset(decodeSafetensors(await whole(bytes), source), source);
  for (const [i, { molecule, conformers, energies, weights, level }] of ensembles.entries()) {
    const { name, smiles, atomicNumbers, bonds } = molecule;
    const known = { ...(energies && { energies: [...energies] }), ...(weights && { weights: [...weights] }) };
    const record = { name, smiles, molecule, atomicNumbers, bonds, conformers, ...known, method: level };
    yield { record, where: `${source}, molecule ${i + 1}` };
  }
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
