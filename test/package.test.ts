import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { commandList } from '../src/cli/commands.js';
import { parseExtendedXyz } from '../src/files/extended-xyz.js';
import { describeInBrowser, openPage } from './playground/support/page.js';
import { compileAgainst } from './support/compile.js';
import { type Ended, type Installed, installPackage, runIn } from './support/installed.js';
import { codeBlocks, relativeLinks } from './support/markdown.js';

/** What a page loads beside clofnet itself; the types of `onnxruntime-common` leave nothing behind. */
const BROWSER_PACKAGES = [
  '@bufbuild/protobuf',
  '@msgpack/msgpack',
  'fflate',
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

/** The package's folder. */
const inside = (): string => join(installed.folder, 'node_modules', manifest.name);

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
    const some = [
      'dist/index.node.js',
      'dist/index.d.ts',
      'dist/browser/clofnet.js',
      'src/index.ts',
      'docs/reference/nn.md',
    ];
    for (const file of [...some, 'examples/predict.ts', 'configs/newton.jsonc', 'README.md', 'LICENSE'])
      expect(files).toContain(file);
    for (const file of readdirSync(new URL('../weights', import.meta.url))) expect(files).toContain(`weights/${file}`);
    const folders = files.filter((file) => !file.includes('/') && !file.includes('.') && file !== 'LICENSE');
    expect(folders.every((name) => manifest.files.includes(name))).toBe(true);
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
    expect(files).toHaveLength(13); // four arrays a split, and what they are
    const size = ['--train', '24', '--batch', '12', '--epochs', '1', '--workers', '2'];
    const trained = await json('newton', 'train', '--data', 'data', ...size, '--out', 'run');
    expect(trained).toMatchObject({ epochs: 1, steps: 2 });
    const weights = ['--weights', trained.files.weights];
    const { network } = await json('newton', 'evaluate', ...weights, '--data', 'data');
    expect(network.meanSquaredError).toBeCloseTo(trained.best.test, 5);
  });

  it('is a library for browsers too, without a module of Node', async () => {
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
    for (const [subpath, entry] of Object.entries(manifest.exports)) {
      if (typeof entry !== 'string' && subpath !== './browser') await walk(join(inside(), entry.default));
    }
    expect(seen.size).toBeGreaterThan(100);
    expect([...packages].filter((name) => name.startsWith('node:'))).toEqual([]);
    expect([...packages].sort()).toEqual(BROWSER_PACKAGES);
  });

  it('is a library', async () => {
    const text = `
      import { assertEquivariant, createModel, initialize, openPredictor, openRuntime } from 'clofnet';
      import { readModelFile, Rng, shippedWeights } from 'clofnet';
      import { randomSystems, systemSample, systemSubject } from 'clofnet/newton';

      const rng = Rng.fromSeed(1);
      const systems = randomSystems(rng, [5, 2, 1]);
      const fresh = createModel({ model: 'clof_vel', hidden: 16, layers: 2 });
      const shipped = await readModelFile(shippedWeights('clofnet', 'es5'));
      const trained = { model: shipped.model, weights: shipped.weights };
      for (const { model, weights } of [{ model: fresh, weights: initialize(fresh.parameters, rng) }, trained]) {
        const predictor = await openPredictor(await openRuntime(), model, weights);
        const { positions } = await predictor.predict(systems);
        const subject = systemSubject(async (moved) => (await predictor.predict(moved)).positions);
        await assertEquivariant(subject, systemSample(systems), { rng });
        await predictor.close();
        console.log(positions.length);
      }
    `;
    expect(await script('user.mjs', text)).toEqual({ exitCode: 0, stdout: '24\n24\n', stderr: '' });
  });

  it.each(['node', 'page'] as const)('has types for a project of the kind %s', async (kind) => {
    const opening =
      kind === 'node'
        ? "import { openRuntime as open } from 'clofnet'"
        : "import { openWebRuntime as open } from 'clofnet/web'";
    const text = `
      import { createModel, recipeConfig, type SystemBatch, UserError } from 'clofnet';
      ${opening};
      const batch: SystemBatch = { sizes: [1], positions: new Float32Array(3), velocities: new Float32Array(3), charges: new Float32Array(1) };
      createModel({ model: 'clof_vel' });
      createModel({ model: 'clofvel' });
      export const epochs: number = recipeConfig('es5').training.epochs + batch.sizes.length;
      export const mistake: Error = new UserError('x');
      export const runtime = await open();
    `;
    const complaints = await compileAgainst(installed, `types-${kind}`, kind, { 'user.ts': text });
    // The one mistake in it, and no other.
    expect(complaints.filter((line) => line.startsWith('user.ts'))).toHaveLength(1);
    expect(complaints[0]).toMatch(/^user\.ts\(6,\d+\): error TS\d+: .*clofvel/);
  });
});

describe('the documentation in the package', () => {
  const pages = (): string[] => installed.files.filter((file) => file.endsWith('.md'));
  const textOf = (file: string): Promise<string> => readFile(join(inside(), file), 'utf8');

  it('links to nothing that is not there', async () => {
    const broken: string[] = [];
    for (const page of pages()) {
      for (const target of relativeLinks(await textOf(page))) {
        if (!existsSync(join(inside(), dirname(page), target))) broken.push(`${page}: ${target}`);
      }
    }
    expect(pages().length).toBeGreaterThan(20);
    expect(broken).toEqual([]);
  });

  it('shows code that compiles', async () => {
    const sources: Record<'node' | 'page', Record<string, string>> = { node: {}, page: {} };
    for (const page of pages()) {
      const blocks = codeBlocks(await textOf(page), 'ts').filter((text) => /from 'clofnet\b/.test(text));
      for (const [k, text] of blocks.entries()) {
        const kind = text.includes("'clofnet/web'") ? 'page' : 'node';
        sources[kind][`${page.replaceAll('/', '-')}-${k}.ts`] = text;
      }
    }
    expect(Object.keys(sources.node).length).toBeGreaterThan(2);
    expect(Object.keys(sources.page)).toHaveLength(1);
    expect(await compileAgainst(installed, 'docs-node', 'node', sources.node)).toEqual([]);
    expect(await compileAgainst(installed, 'docs-page', 'page', sources.page)).toEqual([]);
  });

  it('has examples that compile and run', async () => {
    const names = readdirSync(join(inside(), 'examples')).filter((name) => name.endsWith('.ts'));
    expect(names).toContain('predict.ts');
    const sources = await Promise.all(names.map(async (name) => [name, await textOf(`examples/${name}`)]));
    expect(await compileAgainst(installed, 'examples', 'node', Object.fromEntries(sources))).toEqual([]);
    const typescript = new URL('../scripts/typescript.js', import.meta.url).href;
    const folder = join(installed.folder, 'examples');
    // Those of fit take data, which are not in the package: test/examples.test.ts runs them.
    for (const name of names.filter((one) => !one.startsWith('fit-'))) {
      const { exitCode, stdout, stderr } = await runIn(folder, process.execPath, '--import', typescript, name);
      expect({ name, exitCode, stderr }).toEqual({ name, exitCode: 0, stderr: '' });
      expect(stdout.split('\n').length).toBeGreaterThan(5);
    }
  });
});

describeInBrowser('the bundle for a plain page', () => {
  it('predicts and makes a conformer, in the page of docs/web.md', async () => {
    const folder = join(installed.folder, 'page');
    const docs = await readFile(new URL('../docs/web.md', import.meta.url), 'utf8');
    const [html] = codeBlocks(docs, 'html');
    await mkdir(folder);
    await writeFile(join(folder, 'index.html'), html);
    await symlink(inside(), join(folder, 'clofnet'));
    const { page, close } = await openPage({ folder, isolated: false });
    const textOf = async (id: string): Promise<string> => (await page.locator(id).textContent()) ?? '';
    await page.locator('#conformer').getByText('Properties').waitFor();
    const numbers = (await textOf('#bodies')).split(' ').map(Number);
    // Two like charges beside each other, drifting along y.
    expect(numbers).toHaveLength(6);
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(numbers[0]).toBeLessThan(-0.1);
    expect(numbers[0] + numbers[3]).toBeCloseTo(1.5, 2);
    const [frame] = parseExtendedXyz(await textOf('#conformer'), 'the page');
    expect(frame.species).toHaveLength(9);
    await close();
  });
});
