import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newtonConfigSchema } from '../../src/newton/training/config.js';
import { newtonRuns } from '../../src/newton/training/newton-runs.node.js';
import { startRun } from '../../src/training/start-run.node.js';
import { findAll, parseHtml, textOf } from '../report/parse-html.js';
import { runClofnet } from './support/run.js';

let folder = '';
let data = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  data = join(folder, 'data');
  const counts = ['--bodies', '3', '--train', '8', '--valid', '4', '--test', '6', '--workers', '1'];
  expect(await runClofnet('newton', 'simulate', ...counts, '--out', data)).toMatchObject({ exitCode: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

async function train(name: string, model: object, steps: number): Promise<string> {
  const config = newtonConfigSchema.parse({
    model: { hidden: 8, layers: 1, ...model },
    data: { directory: data, train: 8, steps, windows: 'all' },
    training: { epochs: 1, batch: 4, evaluateEvery: 1 },
  });
  await startRun(newtonRuns, config, { folder: join(folder, name), workers: 1 });
  return join(folder, name);
}

it('a report rolls out the networks that can be, and says how far ahead can be predicted at all', async () => {
  const runs = [await train('two', { velocities: true }, 2), await train('egnn', { model: 'egnn_vel' }, 1)];
  const out = join(folder, 'report.html');
  const { exitCode, stderr } = await runClofnet('newton', 'report', ...runs, '--out', out, '--systems', '0');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const page = parseHtml(await readFile(out, 'utf8'));
  const section = findAll(page, 'section').find(({ attributes }) => attributes.get('id') === 'steps');
  const text = section ? textOf(section) : '';
  expect(text).toContain('Predictions of 4 steps of 10 snapshots, from snapshot 8');
  expect(text).toContain('How far ahead can be predicted at all');
  expect(text).toContain('EGNN predicts no velocities');
  expect(section && findAll(section, 'tr')).toHaveLength(5);
});
