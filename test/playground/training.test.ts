import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/files/safetensors.js';
import { completeGraphs, graphFeeds } from '../../src/graphs/index.js';
import { readSplit } from '../../src/newton/data/dataset-read.node.js';
import { snapshotPairs } from '../../src/newton/data/snapshots.js';
import { systemsOf } from '../../src/newton/evaluation/evaluate.js';
import { decodeModelFile } from '../../src/newton/networks/model-file.js';
import { openPredictor } from '../../src/newton/networks/predictor.js';
import type { SystemBatch } from '../../src/newton/networks/system-batch.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { runClofnet } from '../cli/support/run.js';
import { expectClose } from '../support/numeric.js';
import { describeInBrowser, openPage, type PageOptions, widthOf } from './support/page.js';

/** A network so small that it learns in seconds. */
const TINY = 'bodies=3&trajectories=200&hidden=8&layers=2&test=2';
/** Steps in an epoch. */
const STEPS = 4;
const SET = 'charged3_initvel1small_3body';

let folder = '';
let data = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  data = join(folder, 'data');
  const counts = ['--train', '0', '--valid', '200', '--test', '50'];
  const { exitCode } = await runClofnet(
    'newton',
    'simulate',
    '--bodies',
    '3',
    '--seed',
    '43',
    ...counts,
    '--out',
    data,
  );
  expect(exitCode).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

async function openTraining(settings: string, options: PageOptions = {}) {
  const opened = await openPage({ ...options, hash: `#training?${settings}` });
  await opened.page.emulateMedia({ reducedMotion: 'reduce', colorScheme: options.dark ? 'dark' : 'light' });
  return opened;
}

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const statusOf = async (page: Page): Promise<string> => (await page.getByTestId('status').textContent()) ?? '';

/** Waits until the status says so. */
const said = (page: Page, text: RegExp) =>
  expect.poll(() => statusOf(page), { timeout: 50_000, interval: 50 }).toMatch(text);

/** Stops after some epochs, wherever training then is. */
async function stopAfter(page: Page, epochs: number): Promise<{ readonly epochs: number; readonly steps: number }> {
  await expect
    .poll(async () => Number(/^epoch (\d+)/.exec(await statusOf(page))?.[1] ?? 0), { timeout: 50_000, interval: 50 })
    .toBeGreaterThanOrEqual(epochs);
  await press(page, 'Stop');
  await said(page, /^stopped after/);
  const [done, steps] = ((await statusOf(page)).replaceAll(',', '').match(/\d+/g) ?? []).map(Number);
  return { epochs: done, steps };
}

async function fill(page: Page, label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value));
  await page.getByLabel(label, { exact: true }).press('Tab');
}

const numberOf = (text: string | null): number => Number((text ?? '').replaceAll('−', '-'));

/** The mean squared errors of the network and of the straight line. */
async function errorsOf(page: Page): Promise<{ readonly network: number; readonly line: number }> {
  const cell = async (row: string): Promise<number> =>
    Number(
      await page.getByTestId('errors').locator('tr', { hasText: row }).locator('td').first().getAttribute('data-value'),
    );
  return { network: await cell('Network'), line: await cell('Straight line') };
}

/** Where the page sees the bodies of the system in view. */
async function predictedOn(page: Page): Promise<number[]> {
  const rows = await page.getByTestId('predicted').locator('tr').all();
  const cells = await Promise.all(rows.map((row) => row.locator('td').allTextContents()));
  return cells.flatMap((row) => row.slice(0, 3).map(numberOf));
}

async function downloadOf(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** The second test system, as networks take it. */
async function secondSystem(): Promise<SystemBatch> {
  const { positions, velocities, charges } = systemsOf(
    snapshotPairs(await readSplit(data, SET, 'test'), { input: 30, target: 40 }),
  );
  return {
    sizes: [3],
    positions: positions.slice(9, 18),
    velocities: velocities.slice(9, 18),
    charges: charges.slice(3, 6),
  };
}

/** What ONNX Runtime alone makes of a file. */
function runOnnx(path: string, { sizes, positions, velocities, charges }: SystemBatch): number[] {
  const float32 = (values: Float32Array, width: number) => ({
    type: 'float32',
    dims: [values.length / width, width],
    data: [...values],
  });
  const indices = Object.entries(graphFeeds(completeGraphs(sizes))).map(([name, values]) => [
    name,
    { type: 'int32', dims: [values.length], data: [...values] },
  ]);
  const feeds = {
    positions: float32(positions, 3),
    velocities: float32(velocities, 3),
    charges: float32(charges, 1),
    ...Object.fromEntries(indices),
  };
  const child = fileURLToPath(new URL('../support/plain-onnx-runtime.js', import.meta.url));
  const { results } = JSON.parse(
    execFileSync(process.execPath, [child, path], { input: JSON.stringify([feeds]) }).toString(),
  );
  return results[0].predicted_positions.data;
}

describeInBrowser('training in the page', () => {
  it('learns, stops, goes on where it was, and gives a network that works elsewhere', async () => {
    const { page, close } = await openTraining(`${TINY}&rate=0.01&epochs=2000`);
    await press(page, 'Start training');
    const { epochs, steps } = await stopAfter(page, 3);
    expect(epochs).toBeLessThan(2000);
    expect(Math.floor(steps / STEPS)).toBe(epochs);
    const label = (): Promise<string | null> => page.getByTestId('chart').getAttribute('aria-label');
    await expect.poll(label).toContain(`after epoch ${epochs};`);
    await fill(page, 'Epochs', epochs + 30);
    await press(page, 'Continue');
    await said(page, new RegExp(`^${epochs + 30} epochs done`));
    await expect.poll(label).toContain(`after epoch ${epochs + 30};`);
    const { network, line } = await errorsOf(page);
    expect(network).toBeLessThan(0.9 * line);

    const weights = await downloadOf(page, 'Download weights');
    const { stdout } = await runClofnet(
      ...['newton', 'evaluate', '--weights', weights, '--data', data, '--split', 'valid', '--json'],
    );
    const evaluated = JSON.parse(stdout);
    // Two engines round differently, and how far that shows depends on where the run was stopped.
    expect(evaluated.network.meanSquaredError / network).toBeCloseTo(1, 3);
    expect(evaluated.straightLine.meanSquaredError / line).toBeCloseTo(1, 6);

    const shown = await predictedOn(page);
    const { model, weights: tensors } = decodeModelFile(decodeSafetensors(await readFile(weights)), weights);
    const predictor = await openPredictor(await openRuntime(), model, tensors);
    const system = await secondSystem();
    expectClose(shown, [...(await predictor.predict(system)).positions], 1e-4);
    await predictor.close();
    expectClose(shown, runOnnx(await downloadOf(page, 'Download ONNX'), system), 1e-4);
    await close();
  });

  it('goes on exactly: with a stop and without, the end is the same', async () => {
    const { page, close } = await openTraining(`${TINY}&epochs=2000`, { isolated: false });
    await press(page, 'Start training');
    const { epochs } = await stopAfter(page, 2);
    await fill(page, 'Epochs', epochs + 5);
    await press(page, 'Continue');
    await said(page, new RegExp(`^${epochs + 5} epochs done`));
    const [shown, errors] = [await predictedOn(page), await errorsOf(page)];
    await press(page, 'Start over');
    await said(page, new RegExp(`^epoch|^${epochs + 5} epochs done`));
    await said(page, new RegExp(`^${epochs + 5} epochs done`));
    expect(await predictedOn(page)).toEqual(shown);
    expect(await errorsOf(page)).toEqual(errors);
    await fill(page, 'Epochs', 3);
    await press(page, 'Train further');
    await said(page, new RegExp(`^${epochs + 8} epochs done`));
    await close();
  });

  it('is used on a phone, with settings that stay in the address', async () => {
    const { page, close } = await openTraining(TINY, { width: 390, isolated: false, dark: true });
    await page.getByLabel('What moves').selectOption('static');
    await fill(page, 'Epochs', 3);
    await press(page, 'Next');
    await press(page, 'Next');
    const { hash } = new URL(page.url());
    expect(new URLSearchParams(hash.split('?')[1]).get('system')).toBe('static');
    expect(hash).toMatch(/epochs=3&|epochs=3$/);
    expect(hash).toMatch(/test=4/);
    await page.reload();
    expect(await page.getByLabel('Epochs').inputValue()).toBe('3');
    await press(page, 'Start training');
    await said(page, /^3 epochs done/);
    expect(await page.getByTestId('model').textContent()).toContain('fields gravity');
    expect(await widthOf(page)).toBe(390);
    await fill(page, 'Epochs', 1.5);
    expect(await page.getByRole('alert').textContent()).toBe('Epochs must be a whole number from 1 to 2000, not 1.5');
    await close();
  });

  it('is cancelled while trajectories are simulated', async () => {
    const { page, close } = await openTraining('bodies=10&trajectories=3000');
    await press(page, 'Start training');
    await said(page, /^simulating: [1-9]/);
    await press(page, 'Cancel');
    await said(page, /^cancelled/);
    expect(await page.getByRole('button', { name: 'Start training' }).isVisible()).toBe(true);
    await close();
  });

  it('stops with a line where numbers are no longer finite', async () => {
    const { page, close } = await openTraining(`${TINY}&rate=1e30`);
    await press(page, 'Start training');
    const alert = page.getByRole('alert').filter({ hasText: 'training stopped' });
    await alert.waitFor({ timeout: 50_000 });
    expect(await alert.textContent()).toMatch(
      /^training stopped: the .* is .* at epoch 1, .*; lower the learning rate and start over$/,
    );
    await close();
  });
});

/** Lets go of a file over the page, as a hand does. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const content = JSON.stringify([name, Buffer.from(bytes).toString('base64')]);
  const dataTransfer = await page.evaluateHandle(`(() => {
    const [name, text] = ${content};
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    return transfer;
  })()`);
  await page.dispatchEvent('#training', 'drop', { dataTransfer });
}

describeInBrowser('weight files', () => {
  it('are measured, and trained on from where they are', async () => {
    const { page, close } = await openTraining('bodies=5&trajectories=50&epochs=1&rate=0.0001', { isolated: false });
    const name = 'clofnet-es5-seed1.safetensors';
    await drop(page, name, await readFile(join('weights', name)));
    await said(page, /is loaded/);
    expect(await page.getByTestId('model').textContent()).toMatch(
      /^clofnet-es5-seed1\.safetensors: clof_vel, hidden 64, layers 4/,
    );
    const before = await errorsOf(page);
    expect(before.network).toBeLessThan(0.15 * before.line);
    await press(page, 'Continue');
    await said(page, /^1 epoch done/);
    expect((await errorsOf(page)).network).toBeLessThanOrEqual(before.network);
    await close();
  });

  it.each([
    ['notes.safetensors', Buffer.from('this is no such file'), /^notes\.safetensors/],
    [
      'conformers.safetensors',
      undefined,
      /conformers\.safetensors holds the network denoiser, but needed here is a network for many-body systems/,
    ],
  ])('that do not fit get a line: %s', async (name, bytes, line) => {
    const { page, close } = await openTraining(TINY);
    const content = bytes ?? (await readFile(join('weights', name)));
    await page.locator('#training input[type=file]').setInputFiles({ name, mimeType: '', buffer: content });
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(line);
    expect((await page.getByRole('alert').textContent())?.split('\n')).toHaveLength(1);
    await press(page, 'Start training');
    await said(page, /^epoch [1-9]/);
    await close();
  });
});

describeInBrowser('WebGPU', () => {
  it('passes the self-check and trains to what WebAssembly trains to', async () => {
    const browser = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    const { page, close } = await openTraining('bodies=3&trajectories=50&hidden=4&layers=1&epochs=2', { browser });
    const device = page.getByTestId('device');
    await device.getByText('ONNX Runtime').waitFor();
    await press(page, 'Start training');
    await said(page, /^2 epochs done/);
    const expected = await predictedOn(page);
    await device.getByRole('combobox').selectOption('webgpu');
    await device.getByText('ONNX Runtime').waitFor({ timeout: 50_000 });
    expect(await device.getByRole('combobox').inputValue()).toBe('webgpu');
    await press(page, 'Start over');
    await said(page, /^2 epochs done/);
    expectClose(await predictedOn(page), expected, 1e-3);
    await close();
  }, 150_000);
});
