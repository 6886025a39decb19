import type { MoleculeRecord, MoleculeRecordResult } from '../../molecules/formats/molecule-record.js';

type Found = Extract<MoleculeRecordResult, { record: MoleculeRecord }>;

/**
 * Ensembles of records with one conformer each: those that follow each other and are the same molecule, with its atoms
 * in the same order, are one.
 */
export async function* joinConformers(
  results: AsyncIterable<MoleculeRecordResult>,
): AsyncGenerator<MoleculeRecordResult> {
  let open: Found[] = [];
  for await (const result of results) {
    if ('error' in result) yield result;
    else {
      if (open.length > 0 && !isSameMolecule(open[0].record, result.record)) {
        yield joined(open);
        open = [];
      }
      open.push(result);
    }
  }
  if (open.length > 0) yield joined(open);
}

function isSameMolecule(a: MoleculeRecord, b: MoleculeRecord): boolean {
  const same = (x: ArrayLike<number> = [], y: ArrayLike<number> = []) =>
    x.length === y.length && Array.from(x).every((value, k) => value === y[k]);
  return (
    a.smiles === b.smiles &&
    same(a.atomicNumbers, b.atomicNumbers) &&
    same(a.bonds?.begin, b.bonds?.begin) &&
    same(a.bonds?.end, b.bonds?.end)
  );
}

function joined(found: readonly Found[]): MoleculeRecordResult {
  const [{ record: first, where }] = found;
  const { energies: _, ...rest } = first;
  const conformers = found.flatMap(({ record }) => record.conformers);
  const energies = found.flatMap(({ record }) => record.energies ?? []);
  return { record: { ...rest, conformers, ...(energies.length === conformers.length && { energies }) }, where };
}
