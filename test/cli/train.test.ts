import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandList } from '../../src/cli/commands.js';
import { runCommandLine } from '../../src/cli/run.js';
import { conformerConfigSchema } from '../../src/conformers/training/denoiser-trainee.js';
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors-file.node.js';
import { readModelFile } from '../../src/newton/networks/read-model-file.node.js';
import { runClofnet } from './support/run.js';
import { recordingStreams } from './support/streams.js';
import { type Changes, outcome, writeTinyConfig, writeTinyData } from './support/tiny-run.js';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

/** Runs the command in this process. */
async function train(...words: string[]) {
  const { streams, written } = recordingStreams();
  const exitCode = await runCommandLine(['newton', 'train', ...words], commandList, streams);
  return { exitCode, ...written };
}

/** A configuration for one epoch. */
const configure = (name: string, changes: Changes = {}): Promise<string> =>
  writeTinyConfig(at(name), at('data'), { ...changes, training: { epochs: 1, ...changes.training } });

/** One line that says this, exit code 2, and nothing on standard output. */
function expectRefusal(result: Awaited<ReturnType<typeof train>>, message: string | RegExp): void {
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(result.stderr).toMatch(/^clofnet newton train: /);
  expect(result.stderr).toMatch(message);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await writeTinyData(at('data'));
  await configure('one.jsonc');
  const { exitCode, stderr } = await train(at('one.jsonc'), '--workers', '1', '--out', at('run'));
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(/^epoch 1 .* \(best so far\)\n$/),
  });
});
afterAll(() => rm(folder, { recursive: true }));

describe('clofnet newton train', () => {
  it('leaves weights, metrics and a checkpoint, and says where and how good', async () => {
    const { exitCode, stdout } = await train(
      at('one.jsonc'),
      '--workers',
      '1',
      '--out',
      at('json'),
      '--json',
      '--quiet',
    );
    expect(exitCode).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ epochs: 1, steps: 8, seed: 1, workers: 1, best: { epoch: 1 } });
    expect((await readdir(at('json'))).sort()).toEqual(
      Object.values(summary.files)
        .map((file) => basename(String(file)))
        .sort(),
    );
    const { config, provenance } = await readModelFile(summary.files.weights);
    expect(config).toMatchObject({ model: 'clof_vel', hidden: 8, layers: 2 });
    expect(provenance).toMatchObject({ best: summary.best, dataHash: summary.dataHash });
    // The set's name comes along even where the configuration does not tell it.
    expect(provenance.data).toMatchObject({ name: 'charged5_initvel1small' });
    expect(await outcome(at('json'))).toEqual(await outcome(at('run')));
  });

  it('takes options before the configuration', async () => {
    const words = ['--epochs', '2', '--seed', '9', '--batch', '20', '--rate', '0.002', '--model', 'egnn_vel'];
    const result = await train(
      at('one.jsonc'),
      ...words,
      '--workers',
      '1',
      '--out',
      at('options'),
      '--json',
      '--quiet',
    );
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ epochs: 2, steps: 6, seed: 9, model: { model: 'egnn_vel' } });
    const { metadata } = await readSafetensors(at('options', 'checkpoint.safetensors'));
    expect(JSON.parse(metadata.description).config.training).toMatchObject({ batch: 20, rate: 0.002, seed: 9 });
  });

  it('takes options of the network and of every part of training', async () => {
    const size = ['--hidden', '4', '--layers', '1', '--schedule', 'cosine', '--warm-up', '3', '--clip', '2'];
    const { exitCode, stderr } = await train(
      at('one.jsonc'),
      ...size,
      ...['--average', '0.5', '--patience', '7', '--workers', '1', '--out', at('parts'), '--quiet'],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { metadata } = await readSafetensors(at('parts', 'checkpoint.safetensors'));
    const { model, training } = JSON.parse(metadata.description).config;
    expect(model).toMatchObject({ hidden: 4, layers: 1 });
    expect(training).toMatchObject({
      schedule: { kind: 'cosine', floor: 0, by: 'step' },
      warmUp: 3,
      patience: 7,
      optimizer: { clipNorm: 2, averageDecay: 0.5, averageWarmUp: true },
      // What was not given is as in the file.
      batch: 7,
    });
    expectRefusal(
      await train(at('one.jsonc'), '--average', '1', '--out', at('none')),
      "option '--average <n>' argument '1' is invalid. Expected a number of at least 0 and below 1",
    );
  });

  it('keeps the parameters of a schedule that the file has already', async () => {
    const out = ['--workers', '1', '--out', at('schedule')];
    await train(at('one.jsonc'), '--schedule', 'plateau', ...out);
    const { metadata } = await readSafetensors(at('schedule', 'checkpoint.safetensors'));
    const { schedule } = JSON.parse(metadata.description).config.training;
    expect(schedule).toEqual({ kind: 'plateau', factor: 0.7, patience: 1 });
  });

  it('says that it stopped early, and why; and evaluates within epochs', async () => {
    // At this rate nothing is learned any more.
    const config = await configure('early.jsonc', {
      training: { epochs: 9, rate: 1e-30, evaluateEvery: 0.5, patience: 3, optimizer: { averageDecay: 0 } },
    });
    const words = [config, '--workers', '1', '--out', at('early')];
    const { exitCode, stdout, stderr } = await train(...words);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^epoch 0.5 .* \(best so far\)\nepoch 1 .*\nepoch 1.5 .*\nepoch 2 .*\n$/);
    expect(stdout).toContain('for 2 epochs in');
    expect(stdout).toContain('stopped early: no lower validation error in the last 3 evaluations');
    const resumed = await train('--resume', '--out', at('early'), '--json');
    expect(JSON.parse(resumed.stdout)).toMatchObject({ stoppedEarly: true, epochs: 2, best: { epoch: 0.5 } });
  });

  it('does not write over a run, unless it is forced to', async () => {
    await cp(at('run'), at('kept'), { recursive: true });
    const before = await outcome(at('kept'));
    const again = await train(at('one.jsonc'), '--out', at('kept'));
    expectRefusal(again, /there is a run in .*kept already; give --resume to continue it, or give --force/);
    // What cannot start does not take the old run's place either.
    const impossible = await configure('impossible.jsonc', { training: { batch: 61 } });
    expectRefusal(await train(impossible, '--out', at('kept'), '--force'), 'a batch of 61 does not fit into 60');
    expect(await outcome(at('kept'))).toEqual(before);
    const forced = await train(at('one.jsonc'), '--seed', '3', '--workers', '1', '--out', at('kept'), '--force');
    expect(forced.exitCode).toBe(0);
    const after = await outcome(at('kept'));
    expect(after.weights).not.toEqual(before.weights);
    expect(after.metrics.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a configuration is refused', () => {
  it.each<[string, string, RegExp]>([
    [
      'with an unknown key',
      '{ "training": {\n "epoch": 3 } }',
      /:2:2: there is no setting "training.epoch" \(did you mean "epochs"\?\)/,
    ],
    ['with a wrong value', '{ "training": { "epochs": "many" } }', /training.epochs is "many"; expected a number/],
    ['with an unknown network', '{ "model": { "model": "clofvel" } }', /model.model is "clofvel"; expected one of/],
    ['that is no JSON', '{ "model": ', /:1:\d+: /],
  ])('%s', async (_, text, message) => {
    await writeFile(at('bad.jsonc'), text);
    expectRefusal(await train(at('bad.jsonc'), '--out', at('none')), message);
    expect(await readdir(folder)).not.toContain('none');
  });

  it.each<[string, Changes, string | RegExp]>([
    [
      'with more trajectories than there are',
      { data: { train: 61 } },
      'asks for 61 training trajectories, the set has 60',
    ],
    [
      'with a batch that is too large',
      { training: { batch: 61 } },
      'a batch of 61 does not fit into 60 training examples',
    ],
    [
      'with a snapshot that is not there',
      { data: { target: 49 } },
      'there is no target snapshot 49: trajectories have snapshots 0 to 48',
    ],
    ['without data', { data: { directory: '/nowhere' } }, 'cannot read /nowhere: no such folder'],
    [
      'with a set that is not there',
      { data: { name: 'charged6' } },
      /there is no set charged6 in .*data; it has charged5_initvel1small/,
    ],
    [
      'with options that its network lacks',
      { model: { model: 'gnn', charges: true } },
      '--charges (model.charges) is an option of clof, clof_vel, clof_vel_gbf, not of gnn; remove --charges (model.charges)',
    ],
    [
      'with a slip in a size',
      { model: { layers: 4000000 } },
      'model.layers is 4000000; expected a number of at most 256',
    ],
    ['with a field twice', { model: { fields: ['gravity', 'gravity'] } }, 'expected every field once'],
    ['with nothing to predict', { data: { input: 40, target: 40 } }, 'input and target are both snapshot 40'],
    [
      'that looks back',
      { data: { input: 10, target: 5 } },
      'the target, snapshot 5, comes before the input, snapshot 10',
    ],
    ['with an odd width', { model: { hidden: 7 } }, 'hidden must be even for clof_vel'],
  ])('%s', async (_, changes, message) => {
    const config = await configure('wrong.jsonc', changes);
    expectRefusal(await train(config, '--out', at('none')), message);
    expect(await readdir(folder)).not.toContain('none');
  });

  it('where it is missing', async () => {
    expectRefusal(await train(at('missing.jsonc')), 'missing.jsonc: no such file');
    expectRefusal(
      await train(at('data')),
      'data is a folder, not a configuration file; give data to train on with --data',
    );
  });

  it('with an unknown field', async () => {
    expectRefusal(await train('--fields', 'wind'), "there is no field 'wind'; it takes gravity, magnetic or both");
  });

  it('and leaves a folder that was there', async () => {
    const config = await configure('wrong.jsonc', { training: { batch: 61 } });
    await mkdir(at('there'));
    expectRefusal(await train(config, '--out', at('there', 'deep', 'run')), 'lower --batch');
    expect(await readdir(at('there'))).toEqual([]);
  });

  it('with an unknown device', async () => {
    expectRefusal(await train(at('one.jsonc'), '--device', 'gpu', '--out', at('none')), 'gpu');
  });
});

describe('a run is not resumed', () => {
  /** A copy of the run with another checkpoint. */
  async function damaged(name: string, change: (path: string) => Promise<void>): Promise<string> {
    await mkdir(at(name));
    await copyFile(at('run', 'checkpoint.safetensors'), at(name, 'checkpoint.safetensors'));
    await change(at(name, 'checkpoint.safetensors'));
    return at(name);
  }

  async function expectUntouched(run: string, message: string | RegExp): Promise<void> {
    const before = await readFile(join(run, 'checkpoint.safetensors'));
    expectRefusal(await train('--resume', '--out', run), message);
    expect(await readdir(run)).toEqual(['checkpoint.safetensors']);
    expect(await readFile(join(run, 'checkpoint.safetensors'))).toEqual(before);
  }

  it('where there is none', async () => {
    expectRefusal(
      await train('--resume', '--out', at('nothing')),
      /there is no run in .*nothing: it has no checkpoint.safetensors/,
    );
  });

  it('from a checkpoint of another version', async () => {
    const run = await damaged('newer', async (path) => {
      const { tensors, metadata } = await readSafetensors(path);
      await writeSafetensors(path, tensors, { ...metadata, version: '99' });
    });
    await expectUntouched(run, /is a checkpoint of version 99, this clofnet reads version 1/);
  });

  it('from a checkpoint that was cut short, or is none', async () => {
    const cut = await damaged('cut', async (path) => writeFile(path, (await readFile(path)).subarray(0, -100)));
    await expectUntouched(cut, /checkpoint.safetensors.*(cut short|truncated|bytes)/);
    const alien = await damaged('alien', async (path) => {
      const { tensors, metadata } = await readSafetensors(path);
      const description = JSON.stringify({ ...JSON.parse(metadata.description), workers: 'two' });
      await writeSafetensors(path, tensors, { ...metadata, description });
    });
    await expectUntouched(
      alien,
      /this is a run of another kind, or its description is damaged: run.workers: .*; give one that 'clofnet newton train' wrote/,
    );
    const weights = await damaged('weights', (path) => copyFile(at('run', 'weights.safetensors'), path));
    await expectUntouched(weights, /is not a clofnet checkpoint/);
  });

  it('and replaced at once', async () => {
    expectRefusal(await train('--resume', '--force', '--out', at('run')), '--force replaces it; give only one');
  });

  it('where it is one of another command', async () => {
    const conformers = await damaged('conformers', async (path) => {
      const { tensors, metadata } = await readSafetensors(path);
      const config = conformerConfigSchema.parse({});
      const description = JSON.stringify({ ...JSON.parse(metadata.description), config });
      await writeSafetensors(path, tensors, { ...metadata, description });
    });
    const advice = "use 'clofnet conformers report', or use 'clofnet conformers train --resume'";
    await expectUntouched(conformers, `${conformers} is a run of another kind; ${advice}`);
    const { exitCode, stderr } = await runClofnet('conformers', 'report', at('run'), '--out', at('r.html'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${at('run')} is a run of another kind; use 'clofnet newton report', or`);
  });

  it('without its data', async () => {
    const again = (data?: string) => train('--resume', '--out', at('moved'), ...(data ? ['--data', data] : []));
    await cp(at('data'), at('moving'), { recursive: true });
    const config = await writeTinyConfig(at('moving.jsonc'), at('moving'), { training: { epochs: 1 } });
    expect((await train(config, '--workers', '1', '--out', at('moved'))).exitCode).toBe(0);
    await rm(at('moving'), { recursive: true });
    expectRefusal(await again(), /no such folder; the run in .*moved was started there; give another --data/);
    await mkdir(at('alien-data'));
    await copyFile(at('data', 'loc_train_charged5_initvel1small.npy'), at('alien-data', 'loc_train_own.npy'));
    expectRefusal(
      await again(at('alien-data')),
      /no set charged5_initvel1small in .*; it has own; the run in .*moved was started with another set; give another --data/,
    );
    expect((await again(at('data'))).exitCode).toBe(0);
  });

  it('on other data', async () => {
    await cp(at('data'), at('changing'), { recursive: true });
    const config = await writeTinyConfig(at('changing.jsonc'), at('changing'), { training: { epochs: 1 } });
    expect((await train(config, '--workers', '1', '--out', at('other'))).exitCode).toBe(0);
    const before = await outcome(at('other'));
    await writeTinyData(at('changing'), 44);
    expectRefusal(
      await train('--resume', '--out', at('other')),
      /are not those that the run in .*other was started with/,
    );
    expect(await outcome(at('other'))).toEqual(before);
  });
});

describe('training that runs away', () => {
  it('stops with one line, and the last checkpoint is good', async () => {
    const config = await configure('fast.jsonc', {
      training: { epochs: 50, rate: 1e18, optimizer: { averageDecay: 0 }, schedule: { kind: 'constant' } },
    });
    const { exitCode, stdout, stderr } = await train(config, '--quiet', '--workers', '1', '--out', at('fast'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      /^clofnet newton train: training stopped: the [a-z ]+ is \S+ at epoch \d+, batch \d+, step \d+; the last checkpoint is intact; lower --rate .* and start over.*\n$/,
    );
    const { tensors, metadata } = await readSafetensors(at('fast', 'checkpoint.safetensors'));
    expect([...tensors.values()].every(({ data }) => data.every((value) => Number.isFinite(Number(value))))).toBe(true);
    expect(JSON.parse(metadata.progress).step).toBeGreaterThanOrEqual(0);
    expect((await readdir(at('fast'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
