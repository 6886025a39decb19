import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy, type NpyArray } from '../../src/files/npy.js';
import { createModel } from '../../src/newton/networks/index.js';
import { initialize } from '../../src/nn/index.js';
import { Rng } from '../../src/random/generator.js';
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';
import { writeWeightFile } from './support/weight-file.js';

const SET = 'charged3_initvel1small_3body';
const size = { hidden: 8, layers: 2 };
let folder = '';
let data = '';
let weights = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  data = join(folder, 'data');
  weights = await writeWeightFile(folder, 'w.safetensors', { model: 'clof_vel', ...size });
  const counts = ['--bodies', '3', '--train', '0', '--valid', '1', '--test', '6', '--workers', '1'];
  expect(await runClofnet('newton', 'simulate', ...counts, '--out', data)).toMatchObject({ exitCode: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...options: string[]) => runClofnet('newton', 'evaluate', ...options);

/** The test set's positions at a snapshot, and its velocities, read without the library's own reader of sets. */
async function readFrame(quantity: 'loc' | 'vel', snapshot: number): Promise<number[]> {
  const { shape, data: values } = decodeNpy(await readFile(join(data, `${quantity}_test_${SET}.npy`)));
  const perFrame = shape[2] * shape[3];
  return Array.from({ length: shape[0] }, (_, t) =>
    Array.from(values.subarray((t * shape[1] + snapshot) * perFrame, (t * shape[1] + snapshot + 1) * perFrame), Number),
  ).flat();
}

const meanSquare = (values: readonly number[]): number => values.reduce((sum, x) => sum + x * x, 0) / values.length;

describe('clofnet newton evaluate', () => {
  it('gives the errors of the network and of the guesses as JSON', async () => {
    const child = startClofnet('newton', 'evaluate', '--weights', weights, '--data', data, '--json');
    const { exitCode, stdout, stderr } = await child.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ set: SET, split: 'test', input: 30, target: 40, systems: 6, bodies: 3 });
    const [before, after, velocity] = [
      await readFrame('loc', 30),
      await readFrame('loc', 40),
      await readFrame('vel', 30),
    ];
    const still = meanSquare(after.map((x, k) => x - before[k]));
    const line = meanSquare(after.map((x, k) => x - before[k] - velocity[k]));
    expect(result.standingStill.meanSquaredError).toBeCloseTo(still, 5);
    expect(result.straightLine.meanSquaredError).toBeCloseTo(line, 5);
    expect(result.network.meanSquaredError).toBeGreaterThan(0);
    expect(result.equivariance).toBeLessThan(1e-5);
  });

  it('prints a table, and takes what is asked for', async () => {
    const choice = ['--split', 'valid', '--input', '10', '--target', '20', '--name', SET, '--limit', '1'];
    const { exitCode, stdout } = await evaluate('--weights', weights, '--data', data, ...choice);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`clof_vel on ${SET}, valid: 1 system of 3 bodies`);
    expect(stdout).toContain('snapshot 10 → 20, time span 1');
    expect(stdout).toMatch(/straight line +0\.\d{5} +0\.\d{4}/);
  });

  it('takes snapshots and fields from the weight file, unless they are given', async () => {
    const provenance = { data: { input: 5, target: 7, gravity: [0, 0, 0.5] } };
    const config = { model: 'clof_vel', ...size, fields: ['gravity'] } as const;
    const path = await writeWeightFile(folder, 'field.safetensors', config, { provenance });
    const result = async (...more: string[]) =>
      JSON.parse((await evaluate('--weights', path, '--data', data, '--json', ...more)).stdout);
    const told = await result();
    expect(told).toMatchObject({ input: 5, target: 7, fields: { gravity: [0, 0, 0.5] } });
    expect(told.time).toBeCloseTo(0.2, 9);
    const given = await result('--gravity', '0,-2,0');
    expect(given.fields).toEqual({ gravity: [0, -2, 0] });
    expect(given.network).not.toEqual(told.network);
  });

  it('warns where the set is unlike the one of the training', async () => {
    const provenance = { data: { name: 'charged20_initvel1static_20body' } };
    const path = await writeWeightFile(folder, 'static.safetensors', { model: 'clof_vel', ...size }, { provenance });
    const { exitCode, stderr } = await evaluate('--weights', path, '--data', data);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'warning: the network was trained on 20 bodies, here are systems of 3, and on charges under gravity, ' +
        'here are charges without an outer field: its predictions may be far off\n',
    );
  });

  it('refuses numbers that cannot be taken', async () => {
    for (const [options, message] of [
      [['--limit', '0'], 'Expected a whole number of at least 1'],
      [['--limit', '-3'], 'Expected a whole number of at least 1'],
      [['--limit', '7'], '7 trajectories were requested, but the set has 6'],
      [['--target', '49'], 'there is no target snapshot 49'],
      [['--input', '40', '--target', '40'], 'are both snapshot 40: there is nothing to predict'],
      [['--device', 'tpu'], 'Allowed choices are cpu, webgpu'],
      [['--gravity', '0,0,1'], 'this network takes no gravity field'],
      [['--magnetic', '0,1'], '--magnetic takes three numbers'],
      [['--input', '40', '--target', '30'], 'the target, snapshot 30, comes before the input, snapshot 40'],
      [['--name', 'other'], `there is no set other in ${data}; it has ${SET}`],
      [['--split', 'train'], `the set ${SET} in ${data} has no train split, only valid and test`],
      [['--data', join(folder, 'none')], 'none: no such folder'],
      [['--data', folder], `no data set in ${folder}`],
    ] as const) {
      expectRefusal(await evaluate('--weights', weights, '--data', data, ...options), message);
    }
  });

  it('refuses files that are damaged or of something else', async () => {
    const broken = join(folder, 'broken.safetensors');
    await writeFile(broken, (await readFile(weights)).subarray(0, 3000));
    const newer = await editedWeights('newer', (text) => text.replace('"version":"1"', '"version":"9"'));
    const other = await editedWeights('other', (text) => text.replace('clof_vel', 'egnn_vel'));
    for (const [path, message] of [
      [join(folder, 'missing'), 'missing: no such file'],
      [folder, 'it is a folder, not a file'],
      [broken, 'the file is cut short'],
      [newer, 'newer is a weight file of version 9'],
      [other, 'is not in this network'],
      [join(data, `loc_test_${SET}.npy`), 'not a safetensors file'],
    ] as const) {
      expectRefusal(await evaluate('--weights', path, '--data', data), message);
    }
  });

  it('refuses data that is damaged', async () => {
    const path = join(data, `vel_test_${SET}.npy`);
    const good = await readFile(path);
    const array = decodeNpy(new Uint8Array(good));
    const values = Float64Array.from(array.data, Number);
    const edited = (change: Partial<NpyArray>) => encodeNpy({ shape: array.shape, data: values, ...change });
    for (const [bytes, message] of [
      [good.subarray(0, good.length - 8), 'is cut short'],
      [edited({ shape: [6, 49, 9] }), 'it must be (6, 49, 3, 3)'],
      [Buffer.from(Buffer.from(good).toString('latin1').replace("'<f8'", "'<f2'"), 'latin1'), 'dtype <f2'],
      [edited({ data: values.with(445, Number.NaN) }), 'holds NaN in trajectory 1, snapshot 0'],
    ] as const) {
      await writeFile(path, bytes);
      expectRefusal(await evaluate('--weights', weights, '--data', data), message);
    }
    await writeFile(path, good);
  });

  it('refuses predictions that are no numbers', async () => {
    const model = createModel({ model: 'egnn_vel', ...size });
    const huge = initialize(model.parameters, Rng.fromSeed(1));
    for (const values of huge.values()) values.fill(1e38);
    const path = await writeWeightFile(folder, 'huge.safetensors', { model: 'egnn_vel', ...size }, { weights: huge });
    expectRefusal(await evaluate('--weights', path, '--data', data), 'the network predicts NaN in trajectory 0');
  });
});

async function editedWeights(name: string, edit: (text: string) => string): Promise<string> {
  const path = join(folder, name);
  await copyFile(weights, path);
  const bytes = await readFile(path);
  const header = Number(bytes.readBigUInt64LE(0));
  const text = edit(bytes.toString('utf8', 8, 8 + header).replace(/ +$/, ''));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)));
  await writeFile(path, Buffer.concat([length, Buffer.from(text), bytes.subarray(8 + header)]));
  return path;
}

function expectRefusal(outcome: { exitCode: number; stdout: string; stderr: string }, message: string): void {
  expect(outcome.stderr).toContain(message);
  expect(outcome.stderr).toMatch(/^clofnet newton evaluate: [^\n]+\n$/);
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
}
