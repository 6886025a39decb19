import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { theoryLevels } from '../../src/conformers/dataset/ensemble.js';
import { batchMolecules } from '../../src/conformers/graphs/molecule-batch.js';
import { decodeDenoiserFile } from '../../src/conformers/networks/denoiser-file.js';
import { compileDenoiser, openDenoiser } from '../../src/conformers/networks/denoiser-run.js';
import { shippedConformerWeights } from '../../src/conformers/networks/shipped-weights.node.js';
import { graphOfMolecule } from '../../src/conformers/sampling/sample-batch.js';
import { parseExtendedXyz, type XyzStructure } from '../../src/files/extended-xyz.js';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { mmff94sEnergy } from '../../src/molecules/force-field/force-field.js';
import { parseSdf, type SdfRecord } from '../../src/molecules/formats/sdf-read.js';
import { loadResources } from '../../src/molecules/open-chem-lib.node.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';
import { BestRmsd } from '../../src/molecules/symmetry/best-rmsd.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { runClofnet } from '../cli/support/run.js';
import { describeInBrowser, type OpenPage, openPage, type PageOptions, widthOf } from './support/page.js';

const ASPIRIN = 'CC(=O)Oc1ccccc1C(=O)O';

let folder = '';
beforeAll(async () => {
  loadResources();
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const address = (settings: Record<string, string>): string => `#molecules?${new URLSearchParams(settings)}`;

/** Opens the part, and waits until it has read its SMILES. */
async function openMolecules(settings: Record<string, string>, options: PageOptions = {}): Promise<OpenPage> {
  const opened = await openPage({ ...options, hash: address(settings) });
  await opened.page.getByTestId('drawing').locator('svg').waitFor();
  return opened;
}

/** Waits until so many conformers are there and nothing is being made. */
async function made(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.getByTestId('thumb').count(), { timeout: 50_000 }).toBe(count);
  await page.getByTestId('stop').waitFor({ state: 'hidden' });
}

async function saved(page: Page, form: 'sdf' | 'xyz' | 'path'): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(`save-${form}`).click()]);
  return readFile(await file.path(), 'utf8');
}

const recordsOf = (text: string): SdfRecord[] =>
  Array.from(parseSdf(text, 'test'), (result) => {
    if ('error' in result) throw new Error(result.error);
    return result.record;
  });

const framesOf = (text: string): XyzStructure[] => [...parseExtendedXyz(text, 'test')];

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k])));

const openPhone = (settings: Record<string, string>): Promise<OpenPage> =>
  openMolecules(settings, { width: 390, height: 844, isolated: false, dark: true });

/** Ångström. Sampling makes more of what WebAssembly and the native kernels round differently; measured: 1e-5. */
const SAME = 1e-3;

describeInBrowser('molecules', () => {
  it('are made as on the command line: the same seed gives the same conformers by the same way', async () => {
    const { page, close } = await openMolecules({ n: '2' });
    await page.getByTestId('generate').click();
    await made(page, 2);
    const [sdf, xyz, way] = [await saved(page, 'sdf'), await saved(page, 'xyz'), await saved(page, 'path')];
    const [first, second] = await page.getByTestId('thumb').allTextContents();
    await close();
    const [out, trajectory] = [join(folder, 'aspirin.sdf'), join(folder, 'way.xyz')];
    const words = ['-n', '2', '-o', out, '--trajectory', trajectory, '--workers', '1'];
    expect(await runClofnet('conformers', 'generate', ASPIRIN, ...words)).toMatchObject({ exitCode: 0 });

    const [records, expected] = [recordsOf(sdf), recordsOf(await readFile(out, 'utf8'))];
    expect(records.map(({ properties }) => [...properties])).toEqual(expected.map(({ properties }) => [...properties]));
    const [shapes, others] = [records.map(shapeOf), expected.map(shapeOf)];
    for (const [k, shape] of shapes.entries()) expect(largestDifference(shape, others[k])).toBeLessThan(SAME);
    const [frames, ways] = [framesOf(way), framesOf(await readFile(trajectory, 'utf8'))];
    expect(frames.map(({ info }) => info)).toEqual(ways.map(({ info }) => info));
    for (const [k, { positions }] of frames.entries()) {
      expect(largestDifference(positions, ways[k].positions)).toBeLessThan(SAME);
    }
    for (const [k, { positions }] of framesOf(xyz).entries()) {
      expect(largestDifference(positions, shapes[k])).toBeLessThan(1e-4);
    }

    // What the gallery tells is what the library says of these very coordinates.
    const { molecule } = records[0];
    const energies = shapes.map((shape) => Number(mmff94sEnergy(molecule, shape)));
    const above = Math.abs(energies[0] - energies[1]);
    const rmsd = new BestRmsd(molecule).overlay(shapes[0], shapes[1]).rmsd.toFixed(2);
    const [lowest, other] = energies[0] < energies[1] ? [first, second] : [second, first];
    expect(lowest).toContain('+0.00 kcal/molreference✓');
    expect(other).toContain(`RMSD ${rmsd} Å✓`);
    expect(Math.abs(Number(/\+(.*) kcal/.exec(other)?.[1]) - above)).toBeLessThan(0.05);
    await expectSameNetwork(frames);
  });

  it('go to a phone without threads: isomers, all overlaid, relaxed, by keyboard', async () => {
    const { page, close } = await openPhone({ smiles: 'CCC(C)Cl', n: '4', start: 'noise', made: '1', view: 'all' });
    await made(page, 4);
    await page
      .getByTestId('caption')
      .getByText(/^4 conformers without their hydrogens, aligned to/)
      .waitFor();
    const isomers = (await page.getByTestId('thumb').allTextContents()).map((text) => /C3 @@?/.exec(text)?.[0]);
    expect([...new Set(isomers)].sort()).toEqual(['C3 @', 'C3 @@']);
    expect(await widthOf(page)).toBe(390);

    await page.getByTestId('thumb').nth(2).focus();
    await page.keyboard.press('Enter');
    const details = page.getByTestId('details');
    await details.getByText('Conformer 3').waitFor();
    expect(await details.getByTestId('checks').textContent()).toMatch(/^stereo correct \(1 centre/);
    expect(await details.getByTestId('isomer').textContent()).toContain(`(${isomers[2]})`);
    const [above] = /^\+\S+/.exec((await details.getByTestId('energy').textContent()) ?? '') ?? [];
    expect(await page.getByTestId('caption').textContent()).toBe(`Conformer 3, ${above} kcal/mol`);
    expect(await details.getByTestId('relaxed').textContent()).toBe('no');
    const energy = totalEnergy(await details.getByTestId('energy').textContent());

    await page.getByTestId('relax').click();
    await details.getByText('by MMFF94s').waitFor();
    const relaxed = totalEnergy(await details.getByTestId('energy').textContent());
    expect(relaxed).toBeLessThan(energy);
    const records = recordsOf(await saved(page, 'sdf'));
    expect(records.map(({ molecule }) => molecule.smiles)).toEqual(records.map((r) => r.properties.get('isomer')));
    expect(Number(records[2].properties.get('energy'))).toBeCloseTo(relaxed, 1);
    expect(records[2].properties.get('method')).toMatch(/relaxed by MMFF94s$/);

    await page.getByTestId('spin').click();
    expect(await page.getByTestId('spin').getAttribute('aria-pressed')).toBe('true');
    const said = new URLSearchParams(new URL(page.url()).hash.split('?')[1]);
    const expected = { smiles: 'CCC(C)Cl', n: '4', start: 'noise', made: '1', relaxed: '1', view: 'one', at: '3' };
    expect(Object.fromEntries(said)).toEqual({ ...expected, spin: '1' });
    await close();
  });

  it('that cannot be get the line of the command line, with the place marked', async () => {
    const { page, close } = await openMolecules({});
    const error = page.getByTestId('smiles-error');
    const tooLarge = 'C'.repeat(120);
    for (const smiles of ['CC(=O)Oc1cccc1C(=O)(O)O', 'C1CC(', 'CC[Pt]', tooLarge]) {
      await page.getByTestId('smiles').fill(smiles);
      const { exitCode, stderr } = await runClofnet('conformers', 'generate', smiles);
      expect(exitCode).toBe(2);
      await expect.poll(() => error.textContent()).toMatch(/^SMILES/);
      await expect.poll(async () => stderr.includes((await error.textContent()) ?? '-')).toBe(true);
      const place = /, character (\d+) /.exec(stderr)?.[1];
      if (place === undefined) await page.getByTestId('smiles-mark').waitFor({ state: 'hidden' });
      else expect(await page.locator('mark').textContent()).toBe(smiles[Number(place) - 1]);
      expect(await page.getByTestId('generate').isDisabled()).toBe(true);
    }
    await page.getByTestId('examples').selectOption('Ethanol');
    await expect.poll(() => error.textContent()).toBe('');
    expect(await page.getByTestId('smiles').inputValue()).toBe('CCO');
    await close();
  });

  it('can be stopped, and what the force field or the network does not know is said', async () => {
    const { page, close } = await openMolecules({ n: '100' });
    await page.getByTestId('generate').click();
    await page.getByTestId('thumb').first().waitFor({ timeout: 50_000 });
    await page.getByTestId('stop').click();
    await page
      .getByTestId('notes')
      .getByText(/^stopped; \d+ conformers are there/)
      .waitFor();
    const count = await page.getByTestId('thumb').count();
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(100);
    expect(recordsOf(await saved(page, 'sdf'))).toHaveLength(count);

    await page.getByTestId('smiles').fill('OB(O)O');
    await page.getByTestId('count').fill('2');
    await expect.poll(() => page.getByTestId('thumb').count()).toBe(0);
    await page.getByTestId('generate').click();
    await made(page, 2);
    expect(await page.getByTestId('energy').textContent()).toBe('MMFF94s has no parameters for this molecule');
    expect(await page.getByTestId('notes').textContent()).toContain('the weights were not trained on B');
    expect(recordsOf(await saved(page, 'sdf'))).toHaveLength(2);
    await close();
  });
});

const totalEnergy = (text: string | null): number => Number(/\((-?[\d.]+) in all\)/.exec(text ?? '')?.[1]);

function shapeOf({ coordinates }: SdfRecord): Float32Array {
  if (!coordinates) throw new Error('a record has no coordinates');
  return coordinates;
}

/**
 * The last step of sampling goes to what the network takes for the shape without noise: that is one call of it, on the
 * frame before. Here it is made by the native kernels.
 */
async function expectSameNetwork(frames: readonly XyzStructure[]): Promise<void> {
  const file = shippedConformerWeights();
  const { model, weights } = decodeDenoiserFile(await readSafetensors(file), file);
  const denoiser = await openDenoiser(await openRuntime(), compileDenoiser(model, weights));
  const level = theoryLevels.indexOf('gfn2');
  const denoise = denoiser.of(batchMolecules([graphOfMolecule(parseSmiles(ASPIRIN))], [level]));
  const [before, last] = frames.slice(-2);
  expect(last.info.sigma).toBe('0');
  expect(largestDifference(before.positions, last.positions)).toBeGreaterThan(0.01);
  const clean = await denoise(Float32Array.from(before.positions), Number(before.info.sigma));
  expect(largestDifference(clean, last.positions)).toBeLessThan(1e-4);
  await denoiser.close();
}
