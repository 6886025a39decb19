/**
 * Learns energies and forces of ethanol from a file of geometries, and prints the errors on those that it has not seen.
 * Run it: node --import ./scripts/typescript.js examples/fit-ethanol.ts ethanol.xyz [runs/ethanol]
 */
import * as fit from 'clofnet/fit';
import { startRun } from 'clofnet/training';

/** What is learned, from how many geometries. */
const settings = { model: {}, split: { train: 950, valid: 50, test: 500 }, training: {} };

/** Trains, and returns the mean absolute error of forces, in eV/Å. */
export async function main(file: string, folder = 'runs/ethanol', own = settings, print = console.log) {
  const { model, split, training } = own;
  const data = { files: [file], targets: { energy: {}, forces: {} }, split };
  await startRun(fit.fitRuns, fit.fitConfigSchema.parse({ model, data, training }), {
    folder,
    onNote: print,
    onEpoch: ({ epoch, valid }) => valid !== undefined && print(`epoch ${epoch}: validation loss ${valid.toFixed(5)}`),
  });
  const run = await fit.readFinishedFitRun(folder);
  const test = fit.partOfRun(await fit.geometriesOfRun(run), 'test', folder);
  const predictor = await fit.openFitted(run.weightFile);
  const { targets } = await fit.evaluateGeometries(predictor, test);
  await predictor.close();
  for (const { name, meanAbsolute, spread, unit } of targets)
    print(`${name}: off by ${meanAbsolute?.toFixed(4)} ${unit}; a constant, by ${spread.meanAbsolute?.toFixed(4)}`);
  return targets[1].meanAbsolute;
}

if (process.argv[1]?.endsWith('fit-ethanol.ts')) await main(process.argv[2] ?? 'ethanol.xyz', process.argv[3]);
