import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../src/files/safetensors-file.node.js';
import { describeSet, formatDescription } from '../../../src/newton/data/set-description.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { type NewtonConfig, newtonConfigSchema } from '../../../src/newton/training/config.js';
import { newtonRuns } from '../../../src/newton/training/newton-runs.node.js';
import { startRun } from '../../../src/training/start-run.node.js';
import { writeTinyData } from '../../cli/support/tiny-run.js';

let folder = '';
const at = (name: string): string => join(folder, name);
const config = (model: object = {}, data: object = {}) =>
  newtonConfigSchema.parse({
    model: { model: 'propagator', hidden: 4, innerSteps: 10, ...model },
    data: { directory: at('data'), train: 60, ...data },
    training: { epochs: 1, batch: 20 },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-runs-'));
  await writeTinyData(at('data'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the time of a propagator', () => {
  it('must be that from input to target', async () => {
    await expect(newtonRuns.load(config({ timeSpan: 2 }))).rejects.toThrow(
      'model.timeSpan is 2, but snapshot 40 lies 1 after snapshot 30',
    );
    await expect(newtonRuns.load(config({ timeSpan: 0.5 }, { target: 35 }))).resolves.toBeDefined();
  });

  it('is not known of trajectories that do not say theirs', async () => {
    const body = (x: number): string => `1\nProperties=species:S:1:pos:R:3:vel:R:3 trajectory=${x}\nX ${x} 0 0 1 0 0\n`;
    await writeFile(at('untimed.xyz'), [1, 2, 3].map((x) => body(x).repeat(2)).join(''));
    const untimed = (data: object = {}) => config({}, { directory: at('untimed.xyz'), input: 0, target: 1, ...data });
    await expect(newtonRuns.load(untimed())).rejects.toThrow(
      'untimed.xyz does not say the time between snapshots, which propagator has to know; give data.spacing',
    );
    await expect(newtonRuns.load(untimed({ spacing: 1 }))).resolves.toMatchObject({ config: { data: { train: 1 } } });
  });

  it('may be cut for training, between two steps', () => {
    expect(() => newtonRuns.build(config({}, { span: 4 }))).not.toThrow();
    expect(() => newtonRuns.build(config({ innerSteps: 4 }, { span: 3 }))).toThrow(
      'model.innerSteps is 4, which cannot be cut to 0.3 of it',
    );
    expect(() => newtonRuns.build(config({}, { span: 20 }))).toThrow(
      'data.span is 20, but from input to target there are 10 snapshots; remove data.span',
    );
  });
});

describe('a field that the network is given', () => {
  const given = (directory: string) => config({ fields: ['magnetic'] }, { directory });

  it('must act on the systems, where the set says how it was made', async () => {
    const name = await writeTinyData(at('described'));
    const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 5 });
    const description = describeSet(simulation, 43, { train: 60, valid: 12, test: 12 });
    await writeFile(at(`described/set_${name}.json`), formatDescription(description));
    await expect(newtonRuns.load(given(at('described')))).rejects.toThrow(
      `model.fields lists magnetic, which acts on no system of ${name}: it was simulated as charged; remove model.fields`,
    );
    await expect(newtonRuns.load(config({}, { directory: at('described') }))).resolves.toBeDefined();
  });

  it('is taken on trust where it does not', async () => {
    await expect(newtonRuns.load(given(at('data')))).resolves.toBeDefined();
  });
});

describe('settings for trajectories in extended XYZ', () => {
  it.each([
    ['groupBy', 'name'],
    ['split', { valid: 0.2 }],
    ['charges', true],
  ])('are refused beside .npy files: %s', async (key, value) => {
    await expect(newtonRuns.load(config({}, { [key]: value }))).rejects.toThrow(
      `data.${key} is for trajectories in extended XYZ; ${at('data')} holds .npy files; remove data.${key}`,
    );
  });
});

describe('the configuration of a run of an earlier version', () => {
  it('does without the keys that came later', async () => {
    const { model, data, training } = config({ model: 'clof_vel', hidden: 4, innerSteps: 20 });
    const { model: name, hidden, layers } = model;
    const { directory, train, input, target } = data;
    const stored = { model: { model: name, hidden, layers }, data: { directory, train, input, target }, training };
    const old = stored as unknown as NewtonConfig;
    const { data: windows } = await newtonRuns.load(old);
    const { sets, task } = newtonRuns.build(old).objective(windows);
    expect(sets.train.edges).toHaveLength(60);
    expect(task).toMatchObject({ steps: 1, velocities: false, augmentation: { mirror: false, reverse: false } });
  });
});

describe('weights to start from', () => {
  it('are those of the same network, whose steps may be more or fewer', async () => {
    const first = await startRun(newtonRuns, config({}, { span: 1, windows: 2 }), { folder: at('first'), workers: 1 });
    const from = first.files.weights;
    const { tensors } = await readSafetensors(from);
    const { weights = new Map(), origin } = await newtonRuns.load(config({ innerSteps: 20 }), from);
    for (const [name, { data }] of tensors) expect(weights.get(name)).toEqual(data);
    expect(origin).toMatchObject({ from: { file: 'weights.safetensors' } });
    const second = await startRun(newtonRuns, config(), { folder: at('second'), workers: 1, from });
    expect(second.metrics[0].train).not.toBe(first.metrics[0].train);
    const { metadata } = await readSafetensors(second.files.weights);
    expect(JSON.parse(metadata.provenance).from).toMatchObject({ file: 'weights.safetensors' });
    const wider = newtonRuns.load(config({ hidden: 8 }), from);
    await expect(wider).rejects.toThrow("holds propagator with other options than this run's");
    const another = newtonRuns.load(config({ model: 'clof_vel', innerSteps: 20 }), from);
    await expect(another).rejects.toThrow('holds propagator, and this run trains clof_vel');
  });
});
