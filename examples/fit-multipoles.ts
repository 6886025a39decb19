/**
 * Learns dipoles and quadrupoles of molecules by one network, no molecule on both sides of the split, and writes the
 * predictions beside the numbers of the file.
 * Run it: node --import ./scripts/typescript.js examples/fit-multipoles.ts qm9.xyz [runs/multipoles]
 */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fit from 'clofnet/fit';
import { startRun } from 'clofnet/training';

/** What is learned, from how many geometries. */
const settings = { model: {}, split: { train: 3000, valid: 300, test: 0.1 }, training: { epochs: 60 } };

/** Trains and predicts, and returns the file of the predictions. */
export async function main(file: string, folder = 'runs/multipoles', own = settings, print = console.log) {
  const { model, split, training } = own;
  const data = { files: [file], targets: { dipole: {}, quadrupole: {} }, split: { ...split, groupBy: 'smiles' } };
  const config = fit.fitConfigSchema.parse({ model, data, training });
  const { files } = await startRun(fit.fitRuns, config, { folder, onNote: print });
  const predictor = await fit.openFitted(files.weights);
  const out = join(folder, 'predicted.xyz');
  for await (const geometry of fit.predictGeometries(predictor, fit.streamGeometries(file)))
    await appendFile(out, fit.formatGeometries([geometry])); // dipole of the file, predicted_dipole beside it
  await predictor.close();
  print(`predictions: ${out}`);
  return out;
}

if (process.argv[1]?.endsWith('fit-multipoles.ts')) await main(process.argv[2] ?? 'qm9.xyz', process.argv[3]);
