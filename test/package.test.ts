import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { commandList } from '../src/cli/commands.js';
import { type Ended, type Installed, installPackage, runIn } from './support/installed.js';

/** What a page loads beside clofnet itself; the types of `onnxruntime-common` leave nothing behind. */
const BROWSER_PACKAGES = [
  '@bufbuild/protobuf',
  'jsonc-parser',
  'onnx-buf',
  'onnxruntime-web/wasm',
  'onnxruntime-web/webgpu',
  'openchemlib',
  'zod',
];

let installed: Installed;
beforeAll(async () => {
  installed = await installPackage();
}, 300_000);
afterAll(() => installed?.remove());

const clofnet = (...words: string[]): Promise<Ended> =>
  runIn(installed.folder, join(installed.folder, 'node_modules', '.bin', 'clofnet'), ...words);

/** The JSON that a command prints; it must succeed in silence. */
async function json(...words: string[]) {
  const { exitCode, stdout, stderr } = await clofnet(...words, '--json', '--quiet');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** Runs a script of the user's. */
async function script(name: string, text: string): Promise<Ended> {
  await writeFile(join(installed.folder, name), text);
  return runIn(installed.folder, process.execPath, name);
}

describe('the package', () => {
  it('holds what its users need, and nothing else', () => {
    const { files } = installed;
    for (const file of ['dist/index.js', 'dist/index.d.ts', 'configs/newton.jsonc', 'README.md', 'LICENSE'])
      expect(files).toContain(file);
    for (const file of readdirSync(new URL('../weights', import.meta.url))) expect(files).toContain(`weights/${file}`);
    const folders = files.filter((file) => !file.includes('/') && !file.includes('.') && file !== 'LICENSE');
    expect(folders.every((name) => manifest.files.includes(name))).toBe(true);
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
  });

  it('runs by npx', async () => {
    const ended = await runIn(installed.folder, 'npx', '--no-install', 'clofnet', '--version');
    expect(ended).toEqual({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('shows all its commands', async () => {
    const { exitCode, stdout, stderr } = await clofnet('--help');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { spec } of commandList.commands) expect(stdout).toContain(spec.path[0]);
  });

  it('examines the machine', async () => {
    const { clofnet: version, devices, threads } = await json('doctor');
    expect(version).toBe(manifest.version);
    expect(devices).toContainEqual(expect.objectContaining({ device: 'cpu', works: true }));
    expect(threads).toBeGreaterThan(0);
  });

  it('simulates, trains and evaluates', async () => {
    const counts = ['--train', '24', '--valid', '6', '--test', '6'];
    const { files } = await json('newton', 'simulate', ...counts, '--workers', '2', '--out', 'data');
    expect(files).toHaveLength(12);
    const size = ['--train', '24', '--batch', '12', '--epochs', '1', '--workers', '2'];
    const trained = await json('newton', 'train', '--data', 'data', ...size, '--out', 'run');
    expect(trained).toMatchObject({ epochs: 1, steps: 2 });
    const weights = ['--weights', trained.files.weights];
    const { network } = await json('newton', 'evaluate', ...weights, '--data', 'data');
    expect(network.meanSquaredError).toBeCloseTo(trained.best.test, 5);
  });

  it('is a library for browsers too, without a module of Node', async () => {
    const dist = join(installed.folder, 'node_modules', manifest.name, 'dist');
    const seen = new Set<string>();
    const packages = new Set<string>();
    const walk = async (file: string): Promise<void> => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = await readFile(file, 'utf8');
      for (const { fileName: target } of ts.preProcessFile(text).importedFiles) {
        if (target.startsWith('.')) await walk(join(dirname(file), target));
        else packages.add(target);
      }
    };
    await walk(join(dist, 'web.js'));
    expect(seen.size).toBeGreaterThan(100);
    expect([...packages].filter((name) => name.startsWith('node:'))).toEqual([]);
    expect([...packages].sort()).toEqual(BROWSER_PACKAGES);
    const names = await script('names.mjs', "console.log(Object.keys(await import('clofnet/web')).join())");
    expect(names.stdout.split(',')).toEqual(expect.arrayContaining(['openWebRuntime', 'openLocalGenerator']));
  });

  it('is a library', async () => {
    const text = `
      import { assertEquivariant, createModel, initialize, openPredictor, openRuntime } from 'clofnet';
      import { randomSystems, readModelFile, Rng, shippedWeights } from 'clofnet';

      const rng = Rng.fromSeed(1);
      const systems = randomSystems(rng, [5, 2, 1]);
      const fresh = createModel({ model: 'clof_vel', hidden: 16, layers: 2 });
      const shipped = await readModelFile(shippedWeights('clofnet', 'es5'));
      const trained = { model: shipped.model, weights: shipped.weights };
      for (const { model, weights } of [{ model: fresh, weights: initialize(fresh.parameters, rng) }, trained]) {
        const predictor = await openPredictor(await openRuntime(), model, weights);
        const { length } = await predictor.predict(systems);
        await assertEquivariant((moved) => predictor.predict(moved), systems, { rng });
        await predictor.close();
        console.log(length);
      }
    `;
    expect(await script('user.mjs', text)).toEqual({ exitCode: 0, stdout: '24\n24\n', stderr: '' });
  });

  it('has types', async () => {
    const text = `
      import { createModel, publishedRecipe, type SystemBatch, UserError } from 'clofnet';
      const batch: SystemBatch = { sizes: [1], positions: new Float32Array(3), velocities: new Float32Array(3), charges: new Float32Array(1) };
      createModel({ model: 'clof_vel' });
      createModel({ model: 'clofvel' });
      export const epochs: number = publishedRecipe('es5').training.epochs + batch.sizes.length;
      export const mistake: Error = new UserError('x');
    `;
    await writeFile(join(installed.folder, 'user.ts'), text);
    const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
    const types = fileURLToPath(new URL('../node_modules/@types', import.meta.url));
    const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--skipLibCheck'];
    const node = ['--types', 'node', '--typeRoots', types];
    const { stdout, stderr } = await runIn(
      installed.folder,
      process.execPath,
      compiler,
      ...options,
      ...node,
      'user.ts',
    );
    expect(stderr).toBe('');
    // The one mistake in it, and no other.
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('user.ts')),
    ).toHaveLength(1);
    expect(stdout).toMatch(/^user\.ts\(5,\d+\): error TS\d+: .*clofvel/);
  });
});
