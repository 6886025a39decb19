/**
 * Makes conformers of two molecules, prints their energies, and writes them to an SDF.
 * Run it: node --import ./scripts/typescript.js examples/conformers.ts [conformers.sdf]
 */
import { writeFile } from 'node:fs/promises';
import { openConformerGenerator, writeSdf } from 'clofnet';

const molecules = ['CC(=O)Oc1ccccc1C(=O)O', 'CC(N)C(=O)O']; // aspirin; alanine, its centre left open

/** Makes three conformers of each, and returns how many were made. */
export async function main(file?: string, print: (line: string) => void = console.log): Promise<number> {
  const records: string[] = [];
  const generator = await openConformerGenerator();
  for await (const item of generator.generate(molecules, { count: 3, relax: 'mmff94s', seed: 1 })) {
    if (item.kind === 'molecule') {
      print(`${item.molecule.smiles}: ${item.made} of ${item.requested} made, ${item.failed.length} failed`);
      continue;
    }
    const { molecule, coordinates, relaxed } = item; // coordinates: Float32Array [atoms · 3] in ångström
    const energy = relaxed && 'energy' in relaxed ? relaxed.energy : Number.NaN;
    print(`${molecule.smiles}  ${energy.toFixed(2)} kcal/mol`);
    records.push(writeSdf(molecule, coordinates, { energy }));
  }
  await generator.close();
  if (file !== undefined) await writeFile(file, records.join(''));
  return records.length;
}

if (process.argv[1]?.endsWith('conformers.ts')) await main(process.argv[2]);
