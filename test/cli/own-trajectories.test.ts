import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { Rng } from '../../src/random/generator.js';
import { runClofnet } from './support/run.js';

let folder = '';
const at = (name: string): string => join(folder, name);
const newton = (...words: string[]) => runClofnet('newton', ...words);

/** Bodies that fall: those of mass 1 along their spin, those of mass 2 twice as fast. Seven snapshots, 0.5 apart. */
function falling(count: number, charged: boolean, seed: number): string {
  const rng = Rng.fromSeed(seed);
  const blocks: string[] = [];
  for (let t = 0; t < count; t++) {
    const bodies = 2 + (t % 3);
    const start = Array.from({ length: bodies }, () => ({
      x: [...rng.fillNormal(new Float64Array(3))],
      v: [...rng.fillNormal(new Float64Array(3), 0, 0.1)],
      spin: [...rng.fillNormal(new Float64Array(3))],
      mass: 1 + rng.integer(2),
    }));
    for (let s = 0; s < 7; s++) {
      const rows = start.map(({ x, v, spin, mass }) => {
        const moved = x.map((from, axis) => from + 0.5 * s * (v[axis] + 0.2 * mass * spin[axis]));
        return ['X', ...moved, ...v, ...spin, mass, ...(charged ? [1] : [])].join(' ');
      });
      const properties = `species:S:1:pos:R:3:velo:R:3:spin:R:3:mass:R:1${charged ? ':charge:R:1' : ''}`;
      blocks.push([bodies, `Properties=${properties} trajectory=${t} Time=${0.5 * s}`, ...rows].join('\n'));
    }
  }
  return `${blocks.join('\n')}\n`;
}

const small = ['--input', '1', '--target', '3', '--batch', '8', '--workers', '1'];
const config = { model: { hidden: 8, layers: 2 }, data: {}, training: { epochs: 60, rate: 0.01, evaluateEvery: 20 } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-own-'));
  await writeFile(at('config.json'), JSON.stringify(config));
  await writeFile(at('my.xyz.gz'), gzipSync(falling(30, false, 1)));
  await mkdir(at('named'));
  for (const [k, name] of ['train', 'valid', 'test'].entries())
    await writeFile(at(`named/${name}.extxyz`), falling(k === 0 ? 8 : 3, true, k));
});
afterAll(() => rm(folder, { recursive: true }));

describe('trajectories of one’s own', () => {
  it('are trained on, measured on and predicted, with their columns', async () => {
    const data = at('my.xyz.gz');
    const trained = async (name: string, ...more: string[]): Promise<number> => {
      const out = at(name);
      const words = [at('config.json'), '--data', data, '--windows', 'all', ...small, ...more, '--out', out, '--json'];
      const { exitCode, stdout, stderr } = await newton('train', ...words);
      expect(exitCode, stderr).toBe(0);
      return JSON.parse(stdout).best.test;
    };
    const blind = await trained('blind');
    const seeing = await trained('seeing', '--scalars', 'mass', '--vectors', 'spin');
    expect(seeing).toBeLessThan(0.1 * blind);

    const weights = at('seeing/weights.safetensors');
    const { metadata } = await readSafetensors(weights);
    const provenance = JSON.parse(metadata.provenance);
    expect(provenance.data).toMatchObject({ train: 24, spacing: 0.5, charges: false, split: { seed: 1 } });
    expect(JSON.parse(metadata.model)).toMatchObject({ scalars: ['mass'], vectors: ['spin'] });

    const evaluated = JSON.parse((await newton('evaluate', '--weights', weights, '--data', data, '--json')).stdout);
    expect(evaluated).toMatchObject({ split: 'test', systems: 3, time: 1, set: 'my.xyz.gz' });
    expect(evaluated.network.meanSquaredError).toBeCloseTo(seeing, 5);
    expect(evaluated.equivariance).toBeLessThan(1e-5);
    const html = at('report.html');
    const reported = await newton('report', at('seeing'), at('blind'), '--out', html, '--json');
    expect(reported.stderr).toBe('');
    const { errors, dataset } = JSON.parse(reported.stdout);
    expect(dataset).toBe('my.xyz.gz');
    expect(errors[0].meanSquared).toBeCloseTo(evaluated.network.meanSquaredError, 10);
    expect(errors[1].meanSquared).toBeCloseTo(blind, 5);
    expect(errors[2].meanSquared).toBeCloseTo(evaluated.straightLine.meanSquaredError, 10);
    expect(await readFile(html, 'utf8')).toMatch(
      /3 test trajectories of \d( to \d)? bodies, predicted from snapshot 1 to/,
    );
    await writeFile(at('other.xyz'), falling(2, false, 9));
    const other = JSON.parse(
      (await newton('evaluate', '--weights', weights, '--data', at('other.xyz'), '--json')).stdout,
    );
    expect(other).toMatchObject({ split: 'all', systems: 2 });
    const elsewhere = await newton('report', at('seeing'), '--data', at('other.xyz'), '--out', html, '--json');
    expect(elsewhere.stderr).toContain('was trained on another data set than the one that it is tested on here');
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ trajectories: 2, dataset: 'other.xyz' });

    const predicted = await newton('predict', at('other.xyz'), '--weights', weights, '--json');
    expect(JSON.parse(predicted.stdout)).toMatchObject({ time_span: 1 });
    await writeFile(at('poor.xyz'), falling(1, false, 9).replaceAll('spin', 'turn'));
    expect(await newton('predict', at('poor.xyz'), '--weights', weights)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        'poor.xyz:2: the structure has no spin; it has positions, velocities, turn, mass',
      ),
    });
    expect(await newton('evaluate', '--weights', weights, '--data', at('named'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('holds bodies with charges, the network was trained on bodies without'),
    });
  });

  it('are split by the names of files, and say what was found', async () => {
    const words = [at('config.json'), '--data', at('named'), ...small, '--epochs', '1', '--out', at('split')];
    const run = await newton('train', ...words);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stderr).toContain(`named: 8 train, 3 valid, 3 test trajectories; snapshots 0.5 apart; charges\n`);
    const again = await newton('train', '--resume', '--data', at('named'), '--out', at('split'));
    expect(again).toMatchObject({ exitCode: 0 });
    await writeFile(
      at('named/train.extxyz'),
      (await readFile(at('named/train.extxyz'), 'utf8')).replace('X 1', 'X 2').replace('X -', 'X '),
    );
    expect(await newton('train', '--resume', '--out', at('split'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('are not those that the run'),
    });
    await writeFile(at('split.json'), JSON.stringify({ ...config, data: { split: { test: 0.3 } } }));
    const split = [at('split.json'), ...words.slice(1)];
    expect(await newton('train', ...split, '--force')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /data.split is for files that are not split yet; those in \S+ are named train, valid/,
      ),
    });
    const valid = await readFile(at('named/valid.extxyz'), 'utf8');
    await writeFile(at('named/valid.extxyz'), valid.replaceAll(/ Time=\S+/g, ''));
    expect(await newton('train', ...words, '--force')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /valid\.extxyz, 0 has no time=… in its comment lines, \S+ 0 has: give times to all/,
      ),
    });
    await rm(at('named/valid.extxyz'));
    expect(await newton('train', ...words, '--force')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('named: no file is named valid.xyz, others are named by their splits'),
    });
  });

  it.each([
    [['--data', 'my.xyz.gz', '--name', 'x'], '--name (data.name) is for sets of .npy files'],
    [['--data', 'my.xyz.gz', '--spacing', '0.1'], '--spacing (data.spacing) is 0.1, but the files say 0.5'],
    [['--data', 'my.xyz.gz', '--scalars', 'mas'], 'the structure has no mas; it has positions, velocities, spin, mass'],
    [
      ['--data', 'my.xyz.gz', '--vectors', 'spin', '--mirror'],
      '--mirror (data.mirror) is not for networks that see spin',
    ],
    [['--data', 'my.xyz.gz', '--target', '9'], 'there is no snapshot 9, the trajectory has 7'],
    [['--data', 'none.xyz'], 'none.xyz: no such file'],
  ])('are refused: %#', async ([flag, name, ...more], message) => {
    const words = [at('config.json'), flag, at(name), ...small, ...more, '--out', at('refused')];
    expect(await newton('train', ...words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});
