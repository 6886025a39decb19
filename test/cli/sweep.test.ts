import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { findAll, parseHtml, textOf } from '../report/parse-html.js';
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';
import { outcome, writeTinyConfig, writeTinyData } from './support/tiny-run.js';

const RUNS = ['layers=1,seed=1', 'layers=1,seed=2', 'layers=2,seed=1', 'layers=2,seed=2'];

let folder = '';
let config = '';
const at = (...names: string[]): string => join(folder, ...names);
const sweep = (...words: string[]) => runClofnet('sweep', ...words);

/** Two values with two seeds. */
const words = (out: string) => [
  config,
  '--vary',
  'model.layers=1,2',
  '--seeds',
  '1,2',
  '--workers',
  '2',
  '--out',
  at(out),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await writeTinyData(at('data'));
  config = await writeTinyConfig(at('config.jsonc'), at('data'), { training: { epochs: 4 } });
  const { exitCode } = await sweep(...words('whole'), '--quiet');
  expect(exitCode).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

const csvOf = async (out: string) => {
  const [head, ...rows] = (await readFile(at(out, 'table.csv'), 'utf8')).trimEnd().split('\n');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, k) => [head.split(',')[k], cell])));
};

describe('clofnet sweep', () => {
  it('trains every combination in a folder of its own, each like a run of its own', async () => {
    expect((await readdir(at('whole'))).sort()).toEqual([...RUNS, 'report.html', 'table.csv']);
    const one = await writeTinyConfig(at('one.jsonc'), at('data'), {
      model: { layers: 2 },
      training: { epochs: 4, seed: 2 },
    });
    expect((await runClofnet('newton', 'train', one, '--workers', '2', '--out', at('one'))).exitCode).toBe(0);
    expect(await outcome(at('whole', RUNS[3]))).toEqual(await outcome(at('one')));
  });

  it('leaves finished runs as they are, and compares all: on the terminal, as JSON, as CSV', async () => {
    const before = await readFile(at('whole', RUNS[0], 'metrics.jsonl'), 'utf8');
    const { exitCode, stdout, stderr } = await sweep(...words('whole'), '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(await readFile(at('whole', RUNS[0], 'metrics.jsonl'), 'utf8')).toBe(before);
    const { combinations, files, diverged } = JSON.parse(stdout);
    expect({ files, diverged }).toEqual({
      files: { table: at('whole', 'table.csv'), report: at('whole', 'report.html') },
      diverged: [],
    });
    const bests = await Promise.all(RUNS.map(async (name) => (await outcome(at('whole', name))).best));
    expect(combinations.map(({ settings }: { settings: object }) => settings)).toEqual([
      { 'model.layers': 1 },
      { 'model.layers': 2 },
    ]);
    const runs = combinations.flatMap((one: { runs: object[] }) => one.runs);
    expect(runs.map(({ best }: { best: unknown }) => best)).toEqual(bests);
    const [first, second] = bests.slice(2).map((best) => Object(best).valid as number);
    expect(combinations[1].valid.mean).toBeCloseTo((first + second) / 2, 12);
    expect(combinations[1].valid.deviation).toBeCloseTo(Math.abs(first - second) / Math.SQRT2, 12);
    const rows = await csvOf('whole');
    expect(rows.map((row) => [row['model.layers'], row.runs, row.finished, row.steps])).toEqual([
      ['1', '2', '2', '32'],
      ['2', '2', '2', '32'],
    ]);
    expect(Number(rows[1].validation_mean)).toBe(combinations[1].valid.mean);
    const lines = (await sweep(...words('whole'))).stdout.split('\n');
    expect(lines[0]).toMatch(/^layers +runs +validation +min–max +test +min–max +epoch +steps +parameters +time$/);
    expect(lines[2]).toMatch(/^2 +2 +0\.\d+ ± 0\.\d+ +0\.\d+–0\.\d+ +0\.\d+ ± .* +32 +[\d,]+ +[\d.]+ s$/);
  });

  it('writes one report on all runs', async () => {
    const page = parseHtml(await readFile(at('whole', 'report.html'), 'utf8'));
    expect(findAll(page, 'h1').map(textOf)).toEqual(['Sweep of newton']);
    const tables = findAll(page, 'table').map((table) => findAll(table, 'tr').length);
    expect(tables).toEqual([3, 5]);
    expect(findAll(page, 'polyline')).toHaveLength(8);
    expect(findAll(page, 'circle')).toHaveLength(8);
    expect(findAll(page, 'code').map(textOf)[0]).toBe(['clofnet', 'sweep', ...words('whole')].join(' '));
  });

  it('says how far it is after every run', async () => {
    const { stderr } = await sweep(config, '--seeds', '5-6', '--set', 'training.epochs=1', '--out', at('seeds'));
    expect(stderr).toMatch(/^1 of 2 runs: seed=5\n {2}runs +validation +test .*\n +1 +0\.\d+ /);
    expect((await csvOf('seeds'))[0]).toMatchObject({ runs: '2', steps: '8' });
  });

  it('starts all runs from weights, and goes on only with runs that were', async () => {
    const from = at('whole', RUNS[0], 'weights.safetensors');
    const given = [config, '--set', 'model.layers=1', '--seeds', '5,6', '--workers', '1', '--out', at('from')];
    expect(await sweep(...given, '--from', from, '--quiet')).toMatchObject({ exitCode: 0, stderr: '' });
    const { metadata } = await readSafetensors(at('from', 'seed=5', 'weights.safetensors'));
    expect(JSON.parse(metadata.provenance).from).toMatchObject({ file: 'weights.safetensors', training: { seed: 1 } });
    expect(await sweep(...given, '--from', from)).toMatchObject({ exitCode: 0 });
    for (const others of [[], ['--from', at('whole', RUNS[1], 'weights.safetensors')]]) {
      expect(await sweep(...given, ...others)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/seed=5 was started from other weights; /),
      });
    }
    // Before anything is trained.
    const wider = [...given.slice(0, 1), '--vary', 'model.layers=1,2', '--out', at('wider'), '--from', from];
    expect(await sweep(...wider)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("holds clof_vel with other options than this run's"),
    });
    expect(await readdir(folder)).not.toContain('wider');
  });

  it('that gets Ctrl-C leaves a table, and goes on to the numbers of an undisturbed one', async () => {
    const child = startClofnet('sweep', ...words('cut'));
    await child.sees(() => readFile(at('cut', RUNS[2], 'metrics.jsonl')));
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await child.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toMatch(
      /stopped in run \d of 4; the same command goes on from there\nclofnet sweep: interrupted\n$/,
    );
    expect((await csvOf('cut')).length).toBeGreaterThan(0);
    expect((await sweep(...words('cut'))).exitCode).toBe(0);
    for (const name of RUNS) expect(await outcome(at('cut', name))).toEqual(await outcome(at('whole', name)));
  });

  it('goes on where a run diverges, and says so', async () => {
    const { exitCode, stdout, stderr } = await sweep(
      config,
      '--vary',
      'training.rate=1e30,0.01',
      '--set',
      'training.epochs=1',
      '--out',
      at('far'),
    );
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/warning: rate=1e\+30,seed=1: training stopped: the loss is (NaN|Infinity) at epoch 1/);
    expect(stdout).toMatch(/^1e\+30 +0 of 1 +— +— /m);
    expect(stdout).toMatch(/^0.01 +1 +0\.\d+ /m);
    expect(await readFile(at('far', 'report.html'), 'utf8')).toContain('training stopped: the loss is');
  });
});

describe('a sweep is refused', () => {
  it.each<[string, string[], RegExp]>([
    ['without a word', [], /say what to train: newton, conformers, or a configuration file/],
    ['of a task that is misspelt', ['newtn'], /there is no task 'newtn' \(did you mean "newton"\?\)/],
    ['of a file that is not there', ['none.jsonc'], /cannot read none.jsonc: no such file/],
    [
      'with a key that is misspelt',
      ['newton', '--vary', 'model.layres=4,8'],
      /^clofnet sweep: model.layres=4: there is no setting "model.layres" \(did you mean "layers"\?\)$/,
    ],
    [
      'with one of conformers too',
      ['conformers', '--vary', 'model.layres=4,8'],
      /there is no setting "model.layres" \(did you mean "layers"\?\)/,
    ],
    [
      'with one that is set',
      ['newton', '--set', 'trainig.epochs=4'],
      /there is no setting "trainig" \(did you mean "training"\?\)/,
    ],
    ['with options that do not fit', ['newton', '--vary', 'model.hidden=8,7'], /hidden must be even .* not 7/],
    ['with the seed as a setting', ['newton', '--vary', 'training.seed=1,2'], /training.seed is varied; give --seeds/],
    [
      'with a key that is set and varied',
      ['newton', '--vary', 'model.layers=1,2', '--set', 'model.layers=3'],
      /model.layers is both set and varied/,
    ],
    ['on an unknown device', ['newton', '--device', 'abacus'], /unknown device 'abacus'/],
  ])('%s', async (_, given, message) => {
    const { exitCode, stdout, stderr } = await sweep(...given, '--out', at('nothing'));
    expect({ exitCode, stdout, lines: stderr.split('\n').length }).toEqual({ exitCode: 2, stdout: '', lines: 2 });
    expect(stderr.trimEnd()).toMatch(message);
    expect(await readdir(folder)).not.toContain('nothing');
  });

  it('from a file that is wrong, at its place, or fits every task', async () => {
    await writeFile(at('wrong.jsonc'), '{ "data": { "directory": "d" },\n  "model": { "layres": 3 } }');
    await writeFile(at('any.jsonc'), '{ "training": { "epochs": 3 } }');
    expect((await sweep(at('wrong.jsonc'))).stderr).toMatch(
      /wrong.jsonc:2:14: there is no setting "model.layres" \(did you mean "layers"\?\)/,
    );
    expect((await sweep(at('any.jsonc'))).stderr).toMatch(
      /any.jsonc does not tell what to train; name it before the file: newton or conformers or fit/,
    );
  });

  it('where runs of other settings are, unless it is forced', async () => {
    const other = ['newton', config, '--seeds', '1', '--vary', 'model.layers=2', '--out', at('copy')];
    await cp(at('whole'), at('copy'), { recursive: true });
    const { exitCode, stderr } = await sweep(...other, '--set', 'training.epochs=1');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /the run in .*layers=2,seed=1 has training.epochs 4, not 1; give --force to train it anew, or give another --out/,
    );
    expect((await sweep(...other, '--set', 'training.epochs=1', '--force')).exitCode).toBe(0);
    expect((await outcome(at('copy', RUNS[2]))).metrics.trimEnd().split('\n')).toHaveLength(1);
    expect(await outcome(at('copy', RUNS[3]))).toEqual(await outcome(at('whole', RUNS[3])));
  });
});
