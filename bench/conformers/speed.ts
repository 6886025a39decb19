/**
 * What is claimed about the speed of making conformers: `npm run bench:conformers` prints tables and writes
 * bench/conformers/speed.json.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openConformerGenerator } from '../../src/conformers/generation/open-generator.node.js';
import { molecularGraph } from '../../src/conformers/graphs/molecular-graph.js';
import { batchMolecules } from '../../src/conformers/graphs/molecule-batch.js';
import { decodeDenoiserFile } from '../../src/conformers/networks/denoiser-file.js';
import { compileDenoiser, openDenoiser } from '../../src/conformers/networks/denoiser-run.js';
import { shippedConformerWeights } from '../../src/conformers/networks/shipped-weights.node.js';
import { samplingPlan } from '../../src/conformers/sampling/sampling-plan.js';
import { startShape } from '../../src/conformers/starts/start-shape.js';
import { writeFileAtomic } from '../../src/files/atomic.node.js';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { milliseconds, table, time } from '../measure.js';

const molecules = [
  ['ethanol', 'CCO'],
  ['nine heavy atoms', 'CCOC(=O)CC(N)O'],
  ['aspirin', 'CC(=O)Oc1ccccc1C(=O)O'],
  ['ibuprofen', 'CC(C)Cc1ccc(cc1)C(C)C(=O)O'],
  ['imatinib', 'Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(n1)-c1cccnc1'],
] as const;

const execute = promisify(execFile);
const threads = availableParallelism();
const root = fileURLToPath(new URL('../..', import.meta.url));
const file = shippedConformerWeights();
const { model, weights, config } = decodeDenoiserFile(await readSafetensors(file), file);
const denoiser = await openDenoiser(await openRuntime(), compileDenoiser(model, weights));

/** Milliseconds of one network call on one thread, with so many conformers side by side. */
async function callTime(smiles: string, conformers: number): Promise<{ edges: number; call: number }> {
  const graph = molecularGraph(parseSmiles(smiles));
  const batch = batchMolecules(new Array(conformers).fill(graph), new Array(conformers).fill(1));
  const denoise = denoiser.of(batch);
  const positions = Rng.fromSeed(1).fillNormal(new Float32Array(3 * graph.atoms * conformers), 0, 1.5);
  const { median } = await time(() => denoise(positions, 0.5), { budget: 500 });
  return { edges: graph.senders.length * conformers, call: median };
}

const growth = [];
for (const [name, smiles] of molecules) {
  const molecule = parseSmiles(smiles);
  const rng = Rng.fromSeed(1);
  const shape = await time(async () => startShape(molecule, rng.split()), { budget: 500 });
  const { edges, call } = await callTime(smiles, 1);
  growth.push({ name, atoms: molecule.atomicNumbers.length, edges, call, shape: shape.median });
}
const batches = [];
for (const conformers of [1, 2, 4, 8, 16, 32, 64]) {
  batches.push({ conformers, ...(await callTime(molecules[2][1], conformers)) });
}
await denoiser.close();

/** Conformers a second by all threads, once they run. */
async function rate(smiles: string, start: 'shapes' | 'noise', relax?: 'mmff94s'): Promise<number> {
  const generator = await openConformerGenerator({ workers: threads });
  const make = async (count: number): Promise<number> => {
    const begin = performance.now();
    let made = 0;
    for await (const item of generator.generate(smiles, { count, start, relax }))
      made += Number(item.kind === 'conformer');
    return (1000 * made) / (performance.now() - begin);
  };
  await make(2 * threads);
  const found = await make(Math.max(8, Math.round(2 * (await make(8)))));
  await generator.close();
  return found;
}

const rates = [];
for (const [name, smiles] of molecules) {
  rates.push({
    name,
    shapes: await rate(smiles, 'shapes'),
    relaxed: await rate(smiles, 'shapes', 'mmff94s'),
    noise: await rate(smiles, 'noise'),
  });
}

/** Seconds of a whole command, the start of the process counted: the median of three. */
async function commandTime(smiles: string, count: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'clofnet-bench-'));
  const words = ['conformers', 'generate', smiles, '-n', String(count), '-o', join(folder, 'out.sdf'), '--force'];
  const run = () => execute(process.execPath, ['dist/cli/main.js', ...words], { cwd: root });
  const { median } = await time(run, { budget: 0, least: 3 });
  await rm(folder, { recursive: true });
  return median / 1000;
}

await execute('npm', ['run', 'build'], { cwd: root });
const commands = [
  { what: '100 conformers of a molecule of nine heavy atoms', seconds: await commandTime(molecules[1][1], 100) },
  { what: '10 conformers of aspirin', seconds: await commandTime(molecules[2][1], 10) },
];

const { steps } = samplingPlan();
const result = {
  cpu: cpus()[0].model,
  threads,
  node: process.version,
  network: config,
  steps,
  growth,
  batches,
  rates,
  commands,
};
console.log(`${result.cpu}, ${threads} threads, Node ${result.node}`);
console.log(`network: ${config.layers} layers, ${config.hidden} wide; ${steps} steps from shapes\n`);
console.log('one conformer, one thread:');
console.log(
  table([
    ['molecule', 'atoms', 'edges', 'network call ms', 'starting shape ms'],
    ...growth.map(({ name, atoms, edges, call, shape }) => [
      name,
      String(atoms),
      String(edges),
      milliseconds(call),
      milliseconds(shape),
    ]),
  ]),
);
console.log('\naspirin, conformers side by side, one thread:');
console.log(
  table([
    ['conformers', 'edges', 'network call ms', 'a conformer'],
    ...batches.map(({ conformers, edges, call }) => [
      String(conformers),
      String(edges),
      milliseconds(call),
      milliseconds(call / conformers),
    ]),
  ]),
);
console.log('\nconformers a second, all threads:');
console.log(
  table([
    ['molecule', 'from shapes', '… with MMFF94s', 'from noise'],
    ...rates.map(({ name, ...values }) => [name, ...Object.values(values).map((value) => value.toFixed(1))]),
  ]),
);
console.log('\ncommands from start to end:');
console.log(table([['what', 'seconds'], ...commands.map(({ what, seconds }) => [what, seconds.toFixed(1)])]));
await writeFileAtomic(fileURLToPath(new URL('speed.json', import.meta.url)), `${JSON.stringify(result, null, 2)}\n`);
