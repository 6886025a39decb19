import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConformerRuns } from '../../src/conformers/training/conformer-runs.node.js';
import { startRun } from '../../src/training/start-run.node.js';
import { tinyScoreConfig, writeTinyDataset } from '../conformers/support/score-run.js';
import { findAll, parseHtml, textOf } from '../report/parse-html.js';
import { runClofnet } from './support/run.js';
import { writeTinyConfig, writeTinyData } from './support/tiny-run.js';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const compare = (...words: string[]) => runClofnet('compare', ...words);

async function train(run: string, data: string, ...options: string[]): Promise<void> {
  const config = await writeTinyConfig(at('config.jsonc'), at(data), { training: { epochs: 1 } });
  const { exitCode } = await runClofnet(
    'newton',
    'train',
    config,
    '--workers',
    '1',
    '--out',
    at('runs', run),
    ...options,
  );
  expect(exitCode).toBe(0);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await writeTinyData(at('data'));
  await writeTinyData(at('other'), 5);
  await train('a', 'data');
  await train('b', 'data', '--rate', '0.002', '--batch', '20');
  await train('c', 'data', '--seed', '9');
});
afterAll(() => rm(folder, { recursive: true }));

describe('clofnet compare', () => {
  it('shows in what runs differ, and joins those that differ in the seed alone', async () => {
    const out = at('comparison.html');
    const { exitCode, stdout, stderr } = await compare(
      at('runs'),
      '-o',
      out,
      '--csv',
      at('table.csv'),
      '--title',
      'a < b',
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^batch +rate +runs .*\n7 +0.01 +2 .*\n20 +0.002 +1 .*\nreport: .*html\ntable: .*csv\n$/);
    expect(await readFile(at('table.csv'), 'utf8')).toMatch(
      /^training.batch,training.rate,runs,.*\n7,0.01,2,.*\n20,0.002,1,/,
    );
    const page = parseHtml(await readFile(out, 'utf8'));
    expect(findAll(page, 'h1').map(textOf)).toEqual(['a < b']);
    expect(textOf(page)).toContain('3 training runs in 2 combinations of batch and rate.');
  });

  it('takes folders of runs and folders of folders, as JSON too, and passes files over', async () => {
    const { exitCode, stdout, stderr } = await compare(
      at('runs', 'b'),
      at('config.jsonc'),
      '-o',
      at('b.html'),
      '--json',
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `${at('config.jsonc')} is a file, passed over\n` });
    const { combinations, files } = JSON.parse(stdout);
    expect(files).toEqual({ report: at('b.html') });
    expect(combinations).toMatchObject([{ settings: {}, steps: 3, runs: [{ folder: at('runs', 'b'), seed: 1 }] }]);
  });

  it('says where errors are of other data', async () => {
    await train('far', 'other');
    const { stderr, stdout } = await compare(at('runs', 'a'), at('runs', 'far'), '-o', at('far.html'));
    expect(stderr).toBe('warning: the runs were trained on 2 sets of data; their errors are not of the same\n');
    expect(stdout).toMatch(/^directory +runs /);
    await rm(at('runs', 'far'), { recursive: true });
  });

  it.each<[string, () => Promise<string[]> | string[], RegExp]>([
    ['a folder without runs', async () => [await empty()], /empty holds no training run, nor do the folders in it/],
    ['a folder that is not there', () => [at('none')], /cannot read .*none: no such file/],
    ['a run twice', () => [at('runs'), at('runs', 'a')], /a is named twice/],
    ['nothing but files', () => [at('config.jsonc')], /none of these is the folder of a training run/],
    [
      'runs of two kinds',
      async () => [at('runs', 'a'), await conformers()],
      /a is a run of newton train, .* of conformers train/,
    ],
    ['a report that is no .html', () => [at('runs'), '-o', at('x.txt')], /--out takes a file that ends in .html/],
    ['a table that is no .csv', () => [at('runs'), '--csv', at('x.txt')], /--csv takes a file that ends in .csv/],
  ])('refuses %s', async (_, words, message) => {
    const given = await words();
    const before = await readdir(folder);
    const { exitCode, stdout, stderr } = await compare('--quiet', '--out', at('refused.html'), ...given);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(await readdir(folder)).toEqual(before);
  });
});

async function empty(): Promise<string> {
  await mkdir(at('empty'));
  return at('empty');
}

async function conformers(): Promise<string> {
  const data = await writeTinyDataset(folder);
  await startRun(await openConformerRuns(), tinyScoreConfig(data, { epochs: 1 }), { folder: at('score'), workers: 1 });
  return at('score');
}
