import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandList } from '../../src/cli/commands.js';
import { runCommandLine } from '../../src/cli/run.js';
import { readDataset, readSplit } from '../../src/newton/data/dataset-read.node.js';
import { writeDataset } from '../../src/newton/data/dataset-write.node.js';
import type { TrajectorySet } from '../../src/newton/data/trajectory-set.js';
import { drawInitialStates } from '../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../src/newton/simulation/simulate.js';
import { defineSimulation } from '../../src/newton/system/system.js';
import { newtonConfigSchema } from '../../src/newton/training/config.js';
import { newtonRuns } from '../../src/newton/training/newton-runs.node.js';
import { readMetrics } from '../../src/training/run-folder.node.js';
import { startRun } from '../../src/training/start-run.node.js';
import { descendants, findAll, parseHtml, textOf } from '../report/parse-html.js';
import { recordingStreams } from './support/streams.js';

let folder = '';
let data = '';

async function makeData(name: string, seed: number): Promise<string> {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 3 });
  const states = drawInitialStates(simulation, { train: 8, valid: 4, test: 6 }, seed);
  await writeDataset(join(folder, name), 'charged3', simulateSplits(simulation, states));
  return join(folder, name);
}

async function train(name: string, model: string, choice: { input?: number; target?: number } = {}): Promise<string> {
  const config = newtonConfigSchema.parse({
    model: { model, hidden: 8, layers: 1 },
    data: { directory: data, train: 8, ...choice },
    training: { epochs: 3, batch: 4, evaluateEvery: 1 },
  });
  const path = join(folder, name);
  await startRun(newtonRuns, config, { folder: path, workers: 1, force: true });
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await mkdir(join(folder, 'data'));
  await mkdir(join(folder, 'other'));
  data = await makeData('data', 1);
  await makeData('other', 2);
  await train('clofnet', 'clof_vel');
  await train('egnn', 'egnn_vel');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command in this process. */
async function report(...options: string[]) {
  const { streams, written } = recordingStreams();
  const exitCode = await runCommandLine(['newton', 'report', ...options], commandList, streams);
  return { exitCode, ...written };
}

/** The straight line's error from the trajectories themselves: x + v at snapshot 30 against x at snapshot 40. */
async function straightLineError(): Promise<number> {
  const { loc, vel, trajectories, snapshots, bodies } = await readSplit(data, 'charged3', 'test');
  const width = 3 * bodies;
  let sum = 0;
  for (let t = 0; t < trajectories; t++) {
    const at = (snapshot: number, k: number): number => (t * snapshots + snapshot) * width + k;
    for (let k = 0; k < width; k++) sum += (loc[at(30, k)] + vel[at(30, k)] - loc[at(40, k)]) ** 2;
  }
  return sum / (trajectories * width);
}

const bestTest = async (run: string): Promise<number> =>
  (await readMetrics(join(folder, run))).findLast(({ test }) => test !== undefined)?.test ?? Number.NaN;

describe('clofnet newton report', () => {
  it('compares runs with each other and with a straight line', async () => {
    const out = join(folder, 'report.html');
    const runs = [join(folder, 'clofnet'), join(folder, 'egnn')];
    const { exitCode, stdout, stderr } = await report(...runs, '--out', out, '--systems', '2', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { errors, file, trajectories, equivariance } = JSON.parse(stdout);
    expect({ file, trajectories }).toEqual({ file: out, trajectories: 6 });
    const expected = [await bestTest('clofnet'), await bestTest('egnn'), await straightLineError()];
    expect(errors.map(({ name }: { name: string }) => name)).toEqual(['ClofNet', 'EGNN', 'Straight line']);
    for (const [k, error] of expected.entries()) expect(errors[k].meanSquared / error).toBeCloseTo(1, 4);
    for (const error of Object.values(equivariance.ClofNet)) expect(error).toBeLessThan(1e-5);

    const page = parseHtml(await readFile(out, 'utf8'));
    expect(findAll(page, 'h1').map(textOf)).toEqual(['ClofNet and EGNN on charged3']);
    expect(descendants(page).filter(({ attributes }) => attributes.get('class') === 'space')).toHaveLength(2);
    expect(findAll(page, 'code').map(textOf)[0]).toBe(
      `clofnet newton report ${runs.join(' ')} --out ${out} --systems 2 --seed 1`,
    );
    expect(textOf(page)).toMatch(/clofnet newton train config\.json --workers \d+ --device cpu --out \S*egnn/);
  });

  it('says where the report is, and leaves no other file', async () => {
    const out = join(folder, 'one.html');
    const before = await readdir(folder);
    const { exitCode, stdout } = await report(
      join(folder, 'egnn'),
      '--out',
      out,
      '--title',
      'My <run>',
      '--systems',
      '0',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`report: ${out}\n`);
    expect((await readdir(folder)).filter((name) => !before.includes(name))).toEqual(['one.html']);
    const page = parseHtml(await readFile(out, 'utf8'));
    expect(findAll(page, 'title').map(textOf)[0]).toBe('My <run>');
    expect(findAll(page, 'code').map(textOf)[0]).toContain("--title 'My <run>'");
  });

  it('tests on other data when told so, and says it', async () => {
    const out = join(folder, 'other.html');
    const { exitCode, stderr } = await report(join(folder, 'egnn'), '--data', join(folder, 'other'), '--out', out);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: EGNN .* was trained on another data set/);
    expect(textOf(parseHtml(await readFile(out, 'utf8')))).toContain('was trained on another data set');
  });

  it('tells runs of one network apart', async () => {
    await cp(join(folder, 'egnn'), join(folder, 'copy'), { recursive: true });
    const { stdout } = await report(
      join(folder, 'egnn'),
      join(folder, 'copy'),
      '--out',
      join(folder, 'two.html'),
      '--json',
    );
    const names = JSON.parse(stdout).errors.map(({ name }: { name: string }) => name);
    expect(names).toEqual([`EGNN, ${join(folder, 'egnn')}`, `EGNN, ${join(folder, 'copy')}`, 'Straight line']);
  });
});

describe('clofnet newton report refuses', () => {
  it.each<[string, () => Promise<string[]> | string[], RegExp]>([
    ['no run', () => [], /missing required argument/],
    ['a folder that is not there', () => [join(folder, 'none')], /there is no folder .*none/],
    ['a folder without a run', () => [data], /holds no training run/],
    ['a run twice', () => [join(folder, 'egnn'), join(folder, 'egnn')], /is named twice/],
    ['a file', async () => [await writtenFile()], /is a file; give the folder of a run/],
    ['a run without weights', () => without('weights.safetensors'), /has no weights yet/],
    ['damaged metrics', damagedMetrics, /metrics.jsonl, line 4: this is not a record of an epoch/],
    [
      'data that are not there',
      () => [join(folder, 'egnn'), '--data', join(folder, 'none')],
      /cannot read .*none: no such/,
    ],
    [
      'runs that predict other snapshots',
      async () => [join(folder, 'egnn'), await otherSnapshots()],
      /predicts snapshot 40 from 30, .* 20 from 10/,
    ],
    ['a report that is no .html', () => [join(folder, 'egnn'), '--out', data], /--out takes a file that ends in .html/],
    [
      'data of another set without the snapshots of the run',
      async () => [join(folder, 'egnn'), '--data', await shortData()],
      /the trajectories in .*short are of another set than those of the run in .*egnn: there is no input snapshot 30/,
    ],
    [
      'a folder for the report that is not there',
      () => [join(folder, 'egnn'), '--out', join(folder, 'no', 'r.html')],
      /does not exist; create it first/,
    ],
    ['fewer than no systems', () => [join(folder, 'egnn'), '--systems', '-1'], /Expected a whole number from 0 to 50/],
  ])('%s', async (_, words, message) => {
    const { exitCode, stdout, stderr } = await report(...(await words()));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^clofnet newton report: .*\n$/);
  });

  it('data that have changed since or are gone', async () => {
    await cp(data, join(folder, 'kept'), { recursive: true });
    await cp(join(folder, 'other'), data, { recursive: true });
    const changed = await report(join(folder, 'egnn'));
    await rm(data, { recursive: true });
    const gone = await report(join(folder, 'egnn'));
    await cp(join(folder, 'kept'), data, { recursive: true });
    expect(changed.stderr).toMatch(/are not those of the run in .*egnn; .* give the folder with --data\n$/);
    expect(gone.stderr).toMatch(
      /cannot read .*data: no such folder; the run in .*egnn was trained there: give .* --data\n$/,
    );
    expect([changed.exitCode, gone.exitCode]).toEqual([2, 2]);
  });
});

async function shortData(): Promise<string> {
  const cut = (set: TrajectorySet): TrajectorySet => {
    const width = 3 * set.bodies;
    const first = (values: Float64Array) => values.subarray(0, 5 * width);
    const one = (values: Float64Array) => values.subarray(0, values.length / set.trajectories);
    const { loc, vel, edges, charges, bodies } = set;
    return {
      trajectories: 1,
      snapshots: 5,
      bodies,
      loc: first(loc),
      vel: first(vel),
      edges: one(edges),
      charges: one(charges),
    };
  };
  const { train: first, valid, test } = await readDataset(data, 'charged3');
  const path = join(folder, 'short');
  await mkdir(path);
  await writeDataset(path, 'charged3', { train: cut(first), valid: cut(valid), test: cut(test) });
  return path;
}

async function writtenFile(): Promise<string> {
  await writeFile(join(folder, 'file'), '');
  return join(folder, 'file');
}

async function without(file: string): Promise<string[]> {
  const run = join(folder, `without-${file}`);
  await cp(join(folder, 'egnn'), run, { recursive: true });
  await rm(join(run, file));
  return [run];
}

async function damagedMetrics(): Promise<string[]> {
  const run = join(folder, 'damaged');
  await cp(join(folder, 'egnn'), run, { recursive: true });
  await writeFile(join(run, 'metrics.jsonl'), `${await readFile(join(run, 'metrics.jsonl'), 'utf8')}{"epoch": 4, "tr`);
  return [run];
}

const otherSnapshots = (): Promise<string> => train('snapshots', 'egnn_vel', { input: 10, target: 20 });
