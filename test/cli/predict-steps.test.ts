import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../src/files/extended-xyz.js';
import { createModel, type ModelConfig } from '../../src/newton/networks/index.js';
import { livelyWeights } from '../support/lively.js';
import { runClofnet } from './support/run.js';
import { writeWeightFile } from './support/weight-file.js';

const size: ModelConfig = { model: 'clof_vel', hidden: 8, layers: 2 };
const seeing: ModelConfig = { ...size, velocities: true };
const columns = 'Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1:tag:R:1';
const body = (x: number, charge = 1): string => `X ${x} ${x * x} 0 0 0.5 0 ${charge} ${10 * x}\n`;
const text = `3\n${columns} id=three\n${body(0)}${body(1, -1)}${body(2)}2\n${columns}\n${body(0)}${body(1)}`;

let folder = '';
let weights = '';
let systems = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  const provenance = { data: { input: 30, target: 35, name: 'charged3_initvel1small' } };
  weights = await writeWeightFile(folder, 'w.safetensors', seeing, { provenance });
  systems = join(folder, 'systems.xyz');
  await writeFile(systems, text);
});
afterAll(() => rm(folder, { recursive: true }));

const predict = (...options: string[]) => runClofnet('newton', 'predict', systems, '--weights', weights, ...options);

describe('clofnet newton predict --steps', () => {
  it('writes the trajectory of every system', async () => {
    const out = join(folder, 'out.xyz');
    const { exitCode, stdout, stderr } = await predict('--steps', '5', '--every', '2', '-o', out);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/out\.xyz: 2 systems, 5 bodies, 5 steps in 8 structures, by clofnet \S+ clof_vel\n$/);
    const read = parseExtendedXyz(await readFile(out, 'utf8'), out, { required: ['velocities', 'charges', 'tag'] });
    expect(read.map(({ info: { system, step, time } }) => [system, step, time].map(Number))).toEqual([
      ...[1, 2].flatMap((system) => [0, 2, 4, 5].map((step) => [system, step, step / 2])),
    ]);
    expect(read[1].info).toMatchObject({ id: 'three', weights: 'w.safetensors' });
    expect(read[7].arrays.get('tag')?.data).toEqual(Float64Array.of(0, 10));
  });

  it('goes on from where it was: two steps are a step, and one from there', async () => {
    const twice = JSON.parse((await predict('--steps', '2', '--json')).stdout);
    expect(twice).toMatchObject({ bodies: [3, 2], steps: 2, time_span: 0.5 });
    const once = join(folder, 'once.xyz');
    await runClofnet('newton', 'predict', systems, '--weights', weights, '-o', once);
    const again = await runClofnet('newton', 'predict', once, '--weights', weights, '--json');
    const steps = twice.frames.filter(({ step }: { step: number }) => step === 2);
    for (const [k, { positions, velocities }] of JSON.parse(again.stdout).frames.entries()) {
      expect(steps[k]).toEqual({ system: k + 1, step: 2, time: 1, positions, velocities });
    }
  });

  it('says in one line what it cannot do, and writes nothing', async () => {
    const files = await readdir(folder);
    const blind = await writeWeightFile(folder, 'blind.safetensors', size);
    const model = createModel(seeing);
    const large = new Map([...livelyWeights(model, 1)].map(([name, values]) => [name, values.map((x) => 1e3 * x)]));
    const wild = await writeWeightFile(folder, 'wild.safetensors', seeing, { weights: large });
    const cases: [string[], RegExp][] = [
      [['--weights', blind, '--steps', '2'], /predicts no velocities.*; use 'clofnet newton train --velocities' for/],
      [
        ['--weights', wild, '--steps', '500'],
        /step \d+: the network predicts \S+ for body \d of system \d.*; lower --steps/,
      ],
      [['--every', '2'], /--every says which steps to write, and there is one; give --steps/],
      [['--steps', '2000000'], /10,000,000 lines of bodies are too many .*; raise --every, or lower --steps/],
      [['--steps', '0'], /--steps/],
    ];
    for (const [options, message] of cases) {
      const { exitCode, stdout, stderr } = await predict(...options, '-o', join(folder, 'none.xyz'));
      expect(stderr.replace(/^warning: .*\n/, '')).toMatch(message);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
    expect((await readdir(folder)).sort()).toEqual([...files, 'blind.safetensors', 'wild.safetensors'].sort());
  });
});
