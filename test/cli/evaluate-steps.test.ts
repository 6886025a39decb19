import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSplit } from '../../src/newton/data/dataset-read.node.js';
import { writeDataset } from '../../src/newton/data/dataset-write.node.js';
import { createModel, type ModelConfig } from '../../src/newton/networks/index.js';
import { livelyWeights } from '../support/lively.js';
import { runClofnet } from './support/run.js';
import { writeWeightFile } from './support/weight-file.js';

const SET = 'charged3_initvel1small_3body';
const size: ModelConfig = { model: 'clof_vel', hidden: 8, layers: 2 };
let folder = '';
let data = '';
let weights = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  data = join(folder, 'data');
  weights = await writeWeightFile(folder, 'w.safetensors', { ...size, velocities: true });
  const counts = ['--bodies', '3', '--train', '0', '--valid', '0', '--test', '6', '--workers', '1'];
  expect(await runClofnet('newton', 'simulate', ...counts, '--out', data)).toMatchObject({ exitCode: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...options: string[]) =>
  runClofnet('newton', 'evaluate', '--weights', weights, '--data', data, ...options);

describe('clofnet newton evaluate --steps --reach', () => {
  it('gives the errors of every step as JSON', async () => {
    const { exitCode, stdout, stderr } = await evaluate('--steps', '4', '--reach', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { rollOut, float32, network, worst } = JSON.parse(stdout);
    expect(rollOut).toMatchObject({ start: 8, gap: 10 });
    expect(rollOut.steps.map(({ step, time }: { step: number; time: number }) => [step, time])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    for (const step of rollOut.steps) {
      expect(step.network.meanSquaredError).toBeGreaterThan(step.float32.meanSquaredError);
      expect(step.energy.network).toBeGreaterThan(step.energy.truth);
      expect(step.momentum.truth).toBeLessThan(1e-9);
    }
    expect(float32.meanSquaredError).toBeLessThan(1e-3);
    expect(worst).toEqual({ systems: 1, share: expect.any(Number) });
    const one = JSON.parse((await evaluate('--steps', '1', '--json')).stdout);
    expect(one.rollOut.steps[0].network).toEqual(network);
    expect(one.float32).toBeUndefined();
  });

  it('prints them as a table', async () => {
    const { stdout } = await evaluate('--steps', '2', '--reach');
    expect(stdout).toContain('2 steps from snapshot 28, each from what the one before has predicted:');
    expect(stdout).toMatch(/step +time +mean squared error +mean distance +straight line +from float32 +energy off by/);
    expect(stdout).toMatch(/the worst 1 % of the systems \(1\) make \d+ % of the mean squared error/);
    expect(stdout).toMatch(/from float32 +\S+ +\S+\n/);
  });

  it('says what it cannot do before it evaluates', async () => {
    // A network whose evaluation would fail.
    const drawn = livelyWeights(createModel(size), 1);
    const huge = new Map([...drawn].map(([name, values]) => [name, values.map((w) => 1e18 * w)]));
    const broken = await writeWeightFile(folder, 'broken.safetensors', size, { weights: huge });
    const on = (...more: string[]) => evaluate('--weights', broken, ...more);
    expect(await on()).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/predicts (NaN|-?Infinity)/) });
    expect((await on('--steps', '2')).stderr).toContain('predicts no velocities');
    const other = join(folder, 'unknown');
    await mkdir(other);
    const set = await readSplit(data, SET, 'test');
    await writeDataset(other, 'mine', { train: set, valid: set, test: set });
    for (const option of ['--reach', '--symmetry'])
      expect((await on('--data', other, option)).stderr).toContain(`${option} is for sets of a known law of motion`);
  });

  it('says in one line what it cannot do', async () => {
    const blind = await writeWeightFile(folder, 'blind.safetensors', size);
    const set = await readSplit(data, SET, 'test');
    const other = join(folder, 'other');
    expect(
      await runClofnet('newton', 'simulate', '--test', '1', '--train', '0', '--valid', '0', '--out', other),
    ).toMatchObject({ exitCode: 0 });
    await writeDataset(other, 'mine', { train: set, valid: set, test: set });
    const cases: [string[], string][] = [
      [['--steps', '5'], 'trajectories of 49 snapshots are too short for 5 steps of 10 snapshots; use --steps 4'],
      [
        ['--weights', blind, '--steps', '2'],
        "predicts no velocities, so it cannot go on from what it has predicted; use 'clofnet newton train --velocities'",
      ],
      [
        ['--data', other, '--name', 'mine', '--reach'],
        '--reach is for sets of a known law of motion; the trajectories of mine do not go on by one; remove --reach',
      ],
    ];
    for (const [options, message] of cases) {
      const { exitCode, stdout, stderr } = await evaluate(...options);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^clofnet newton evaluate: [^\n]+\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
  });
});
