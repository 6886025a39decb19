/**
 * Learns energies and forces of aspirin, then relaxes the last geometry of the file by what it has learned.
 * Run it: node --import ./scripts/typescript.js examples/fit-aspirin.ts aspirin.xyz [runs/aspirin]
 */
import * as fit from 'clofnet/fit';
import { startRun } from 'clofnet/training';

/** What is learned, from how many geometries. */
const settings = { model: {}, split: { train: 950, valid: 50 }, training: { epochs: 100 }, maxSteps: 200 };

/** Trains and relaxes, and returns how far the energy fell, in eV. */
export async function main(file: string, folder = 'runs/aspirin', own = settings, print = console.log) {
  const { model, split, training, maxSteps } = own;
  const data = { files: [file], targets: { energy: {}, forces: {} }, split };
  const config = fit.fitConfigSchema.parse({ model, data, training });
  const { files } = await startRun(fit.fitRuns, config, { folder, onNote: print });
  const all = await fit.readGeometries([file]);
  const { species, positions } = fit.geometryAt(all, fit.geometryCount(all) - 1);
  const potential = await fit.openPotential(files.weights, { species }, { device: 'cpu' });
  const start = Float64Array.from(positions);
  const { energy } = await potential.evaluate(start);
  const end = await fit.relax(potential, start, { species, maxForce: 0.05, maxSteps }); // eV/Å
  await potential.close();
  print(`${energy.toFixed(3)} eV at first, ${end.energy.toFixed(3)} eV after ${end.step} steps`);
  return energy - end.energy;
}

if (process.argv[1]?.endsWith('fit-aspirin.ts')) await main(process.argv[2] ?? 'aspirin.xyz', process.argv[3]);
