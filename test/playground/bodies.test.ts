import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseExtendedXyz, type XyzStructure } from '../../src/files/extended-xyz.js';
import { readSplit } from '../../src/newton/data/dataset-read.node.js';
import { runClofnet } from '../cli/support/run.js';
import { describeInBrowser, type OpenPage, openPage, type PageOptions, widthOf } from './support/page.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Waits as long as a busy machine may take. */
const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

/** Opens the part and waits for its predictions. */
async function openBodies(settings: string, options: PageOptions = {}): Promise<OpenPage> {
  const opened = await openPage({ ...options, hash: `#bodies?${settings}` });
  await predicted(opened.page);
  return opened;
}

const predicted = (page: Page): Promise<unknown> =>
  page.waitForSelector('[data-testid=predicted] tr', { state: 'attached' });

const numberOf = (text: string): number => Number(text.replaceAll('−', '-'));

/** The numbers of a table, row by row, without the names of the rows. */
async function tableOf(page: Page, testId: string): Promise<number[][]> {
  const rows = await page.getByTestId(testId).locator('tr:has(td)').all();
  return Promise.all(rows.map(async (row) => (await row.locator('td').allTextContents()).map(numberOf)));
}

const settingsOf = (page: Page): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.split('?')[1]));

/** Does something that turns the system, and waits until the prediction is that of where it then stands. */
async function turnBy(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await page.getByTestId('predicted').textContent();
  await act();
  await poll(() => page.getByTestId('predicted').textContent()).not.toBe(before);
  await settled(page);
}

/** Waits until the numbers stay as they are. */
async function settled(page: Page): Promise<void> {
  let last: string | null = null;
  await expect
    .poll(
      async () => {
        const [before, now] = [last, await page.getByTestId('predicted').textContent()];
        last = now;
        return before === now;
      },
      { interval: 150, timeout: 10_000 },
    )
    .toBe(true);
}

async function drag(page: Page): Promise<void> {
  const box = await page.locator('#bodies canvas').boundingBox();
  if (!box) throw new Error('the canvas is not to be seen');
  const [x, y] = [box.x + box.width / 3, box.y + box.height / 4];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 90, y + 40, { steps: 6 });
  await page.mouse.up();
}

const errorOf = async (page: Page): Promise<number> =>
  numberOf((await page.getByTestId('equivariance-error').textContent()) ?? '');

/** Downloads the system as it stands. */
async function downloadXyz(page: Page): Promise<{ readonly path: string; readonly frame: XyzStructure }> {
  if (!(await page.getByText('Download extended XYZ').isVisible()))
    await page.getByText('The same on the command').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Download extended XYZ').click(),
  ]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  const [frame] = parseExtendedXyz(await readFile(path, 'utf8'), path, { required: ['velocities', 'charges'] });
  return { path, frame };
}

function expectClose(actual: readonly number[], expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [k, x] of actual.entries()) expect(Math.abs(x - expected[k])).toBeLessThanOrEqual(tolerance);
}

describeInBrowser('bodies', () => {
  it('move before ONNX Runtime is there', async () => {
    const { page, close } = await openBodies('');
    await page.waitForLoadState('networkidle');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/*.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    const time = (): Promise<string | null> => page.getByTestId('time-text').textContent();
    await poll(time).toMatch(/^step \d+/);
    const first = await time();
    await poll(time).not.toBe(first);
    expect(await page.getByTestId('network').textContent()).toContain('Loading the network');
    release();
    await predicted(page);
    expect(await page.getByTestId('network').textContent()).toContain('propagator-all-es5-seed1.safetensors');
    await close();
  });

  it.each([
    ['system=charged&bodies=5', 'propagator-all-es5-seed1', true, false],
    ['system=charged&bodies=16', 'propagator-all-es20-seed1', true, false],
    ['system=static&bodies=12', 'clofnet-g-es20-seed1', false, true],
    ['system=dynamic&bodies=20&network=field', 'clofnet-l-es20-magnetic', true, true],
  ])('are predicted as on the command line: %s', async (system, weights, isolated, isMirrored) => {
    const { page, close } = await openBodies(`${system}&seed=7&at=309`, { isolated });
    await turnBy(page, () => drag(page));
    if (isMirrored) await turnBy(page, () => page.getByRole('button', { name: 'Mirror it' }).click());
    const rows = await tableOf(page, 'predicted');
    const { path } = await downloadXyz(page);
    const [, command] = ((await page.getByTestId('commands').textContent()) ?? '').split('\n');
    const own = command.replace(/\S+\.xyz/, path).replace(/\S+\.safetensors/, `weights/${weights}.safetensors`);
    const { stdout } = await runClofnet(...own.split(' ').slice(1), '--json');
    const [{ positions }] = JSON.parse(stdout).frames;
    expectClose(
      rows.flatMap((row) => row.slice(0, 3)),
      positions,
      1e-4,
    );
    expect(command).toContain(`--weights ${weights}.safetensors`);
    await close();
  });

  it('are those that the command line simulates from the seed', async () => {
    const { page, close } = await openBodies('system=dynamic&bodies=6&seed=11&at=309');
    const { frame } = await downloadXyz(page);
    const [simulate] = ((await page.getByTestId('commands').textContent()) ?? '').split('\n');
    expect((await runClofnet(...simulate.split(' ').slice(1), '--out', folder)).exitCode).toBe(0);
    const { loc, vel, charges } = await readSplit(folder, 'charged6_initvel1dynamic_6body', 'test');
    const bodies = 6;
    const atInput = (values: Float64Array): Float32Array =>
      Float32Array.from({ length: 3 * bodies }, (_, k) => values[(30 * 3 + (k % 3)) * bodies + Math.floor(k / 3)]);
    expect(Float32Array.from(frame.positions)).toEqual(atInput(loc));
    expect(Float32Array.from(frame.arrays.get('velocities')?.data ?? [])).toEqual(atInput(vel));
    expect([...(frame.arrays.get('charges')?.data ?? [])]).toEqual([...charges]);
    await close();
  });

  it.each([
    ['a propagator follows', 'bodies=5&seed=3', 'Propagator', true],
    ['ClofNet does not', 'system=static&bodies=20&seed=3', 'ClofNet', false],
  ])('turn, and the prediction turns with them; in the mirror %s', async (_, settings, network, follows) => {
    const { page, close } = await openBodies(`${settings}&at=409&frame=1`);
    expect(await page.getByTestId('errors').textContent()).toContain(network);
    const scalars = await tableOf(page, 'scalars');
    const errors = await tableOf(page, 'errors');
    expect(errors[0][0]).toBeLessThan(errors[1][0]);
    await turnBy(page, () => drag(page));
    expect(await errorOf(page)).toBeLessThan(3e-5);
    for (const [k, row] of (await tableOf(page, 'errors')).entries()) expectClose(row, errors[k], 1e-4);
    for (const [k, row] of (await tableOf(page, 'scalars')).entries()) expectClose(row, scalars[k], 2e-4);
    await turnBy(page, () => page.getByRole('button', { name: 'Mirror it' }).click());
    const meaning = (await page.getByTestId('meaning').textContent()) ?? '';
    if (follows) {
      expect(await errorOf(page)).toBeLessThan(3e-5);
      expect(meaning).toContain('does not know left from right');
    } else {
      expect(await errorOf(page)).toBeGreaterThan(1e-3);
      expect(meaning).toContain('knows handedness');
    }
    for (const [k, row] of (await tableOf(page, 'scalars')).entries()) {
      const sign = k < 4 ? -1 : 1;
      expectClose(row, [scalars[k][0], sign * scalars[k][1], scalars[k][2]], 2e-4);
    }
    await turnBy(page, () => page.getByRole('button', { name: 'Reset' }).click());
    expect(await page.getByTestId('equivariance-error').textContent()).toBe('not turned yet');
    await close();
  });

  it('show the local frame of a pair, and what is seen on it', async () => {
    const { page, close } = await openBodies('bodies=4&seed=5&at=309');
    await page.getByLabel('Body i').selectOption('2');
    await page.getByLabel('Axes').selectOption('orthonormal');
    expect(await page.getByLabel('Show it in the picture').isChecked()).toBe(true);
    await poll(() => settingsOf(page)).toMatchObject({ pair: '3,2', frame: '1', axes: 'orthonormal' });
    const { frame } = await downloadXyz(page);
    const expected = orthonormalScalars(frame, 2, 1);
    await poll(async () => (await tableOf(page, 'scalars'))[4]).toEqual([1, 1, 1]);
    const rows = await tableOf(page, 'scalars');
    for (const [k, row] of expected.entries()) expectClose(rows[k], row, 2e-4);
    await close();
  });

  it('are turned and played by the keyboard, and stand in the address', async () => {
    const { page, close } = await openBodies('seed=2');
    const canvas = page.locator('#bodies canvas');
    await canvas.focus();
    await page.keyboard.press(' ');
    expect(await page.getByRole('button', { name: 'Play' }).isVisible()).toBe(true);
    await turnBy(page, () => page.keyboard.press('ArrowRight'));
    await turnBy(page, () => page.keyboard.press('PageUp'));
    expect(await errorOf(page)).toBeLessThan(1e-5);
    await page.getByLabel('Time').focus();
    await page.keyboard.press('End');
    await poll(() => page.getByTestId('time-text').textContent()).toContain('step 4990');
    await poll(() => settingsOf(page)).toMatchObject({ seed: '2', at: '498', turn: expect.stringMatching(/^0\.\d/) });
    const shown = [page.url(), await page.getByTestId('predicted').textContent()];
    await page.reload();
    await predicted(page);
    expect([page.url(), await page.getByTestId('predicted').textContent()]).toEqual(shown);
    expect(await page.getByTestId('time-text').textContent()).toContain('step 4990');
    await close();
  });

  it('fit on a phone, where buttons turn them', async () => {
    const { page, close } = await openBodies('bodies=20', { width: 390, height: 844, isolated: false, dark: true });
    await page.getByText('The same on the command').click();
    expect(await widthOf(page)).toBe(390);
    await turnBy(page, () => page.getByRole('button', { name: 'Turn up' }).tap());
    expect(await errorOf(page)).toBeLessThan(1e-5);
    expect((await tableOf(page, 'predicted')).length).toBe(20);
    expect(await widthOf(page)).toBe(390);
    await close();
  });

  it('that there are not are refused in one line', async () => {
    const { page, close } = await openPage({ hash: '#bodies?bodies=99' });
    const error = page.locator('#bodies').getByRole('alert');
    await error.getByText('the number of bodies must be a whole number from 2 to 20, not 99').waitFor();
    await page.getByLabel('Bodies, 2 to 20').fill('3');
    await page.keyboard.press('Tab');
    await predicted(page);
    expect(await error.isVisible()).toBe(false);
    await page.getByLabel('Seed', { exact: true }).fill('-1');
    await page.keyboard.press('Tab');
    // The browser says what is wrong beside the field; the system in view stays.
    expect(await page.locator('#bodies input:invalid').count()).toBe(1);
    expect(page.url()).not.toContain('seed');
    await close();
  });
});

type Vector = readonly [number, number, number];

const minus = (u: Vector, v: Vector): Vector => [u[0] - v[0], u[1] - v[1], u[2] - v[2]];
const dot = (u: Vector, v: Vector): number => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
const cross = (u: Vector, v: Vector): Vector => [
  u[1] * v[2] - u[2] * v[1],
  u[2] * v[0] - u[0] * v[2],
  u[0] * v[1] - u[1] * v[0],
];
const unit = (v: Vector): Vector => {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
};

/** The components of x_i, x_j, v_i and v_j on the pair's axes, in plain arithmetic. */
function orthonormalScalars({ positions, arrays, species }: XyzStructure, i: number, j: number): number[][] {
  const row = (rows: ArrayLike<number>, k: number): Vector => [rows[3 * k], rows[3 * k + 1], rows[3 * k + 2]];
  const middle: Vector = [0, 0, 0].map((_, axis) =>
    positions.reduce((sum, x, k) => sum + (k % 3 === axis ? x / species.length : 0), 0),
  ) as unknown as Vector;
  const [xi, xj] = [i, j].map((k) => minus(row(positions, k), middle));
  const velocities = arrays.get('velocities')?.data ?? [];
  const [a, b] = [unit(minus(xi, xj)), unit(cross(xi, xj))];
  const axes = [a, b, cross(a, b)];
  return [xi, xj, row(velocities, i), row(velocities, j)].map((v) => axes.map((axis) => dot(v, axis)));
}
