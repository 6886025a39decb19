import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDataset } from '../../src/conformers/dataset/dataset-file.node.js';
import { writeTinyWeights } from '../conformers/support/tiny-weights-file.js';
import { runClofnet } from './support/run.js';
import { writeWeightFile } from './support/weight-file.js';

// The one line that a new format takes, in each of the two lists.
vi.mock('../../src/conformers/records/formats.js', async (load) => {
  const { moleculeFormats } = await load<typeof import('../../src/conformers/records/formats.js')>();
  const { toyFormat } = await import('./support/toy-formats.js');
  return { moleculeFormats: [...moleculeFormats, toyFormat] };
});
vi.mock('../../src/newton/data/system-formats.js', async (load) => {
  const { systemFormats } = await load<typeof import('../../src/newton/data/system-formats.js')>();
  const { toySystems } = await import('./support/toy-formats.js');
  return { systemFormats: [...systemFormats, toySystems] };
});

let folder = '';
let weights = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  weights = await writeTinyWeights(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const conformers = (...words: string[]) => runClofnet('conformers', ...words);
const generate = (input: string, ...words: string[]) => {
  const gentle = ['--sigma', '0.03', '--steps', '2', '--churn', '0', '--workers', '1'];
  return conformers('generate', input, '--weights', weights, ...gentle, ...words);
};
const good = { exitCode: 0, stderr: '' };

describe('a format that is one line in the list', () => {
  it('is written by generate, and gone on with', async () => {
    const out = at('made.toy');
    await writeFile(at('in.smi'), 'CCO ethanol\nCCC(O)C\n');
    expect(await generate(at('in.smi'), '-n', '2', '-o', out)).toMatchObject(good);
    const whole = await readFile(out, 'utf8');
    expect(whole.match(/^toy ."CC/gm)).toHaveLength(4);
    await writeFile(out, whole.slice(0, -30));
    expect(await generate(at('in.smi'), '-n', '2', '-o', out, '--resume')).toMatchObject(good);
    expect(await readFile(out, 'utf8')).toBe(whole);
  });

  it('is read by generate and ensemble, whatever the name, packed too', async () => {
    await writeFile(at('packed'), gzipSync(await readFile(at('made.toy'))));
    const { stdout } = await generate(at('packed'), '-n', '1', '-o', at('again.sdf'));
    expect(stdout).toContain('4 conformers of 4 molecules');
    const made = await conformers('ensemble', at('made.toy'), '-o', at('e.jsonl'), '--starts', '2', '--limit', '1');
    expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('of 1 molecule') });
  });

  it('is read by prepare, as data and as what may not be among them', async () => {
    expect(await conformers('prepare', at('made.toy'), '--out', at('a.safetensors'))).toMatchObject(good);
    expect((await readDataset(at('a.safetensors'))).ensembles.map(({ conformers: all }) => all.length)).toContain(2);
    await writeFile(at('ethanol.toy'), (await readFile(at('made.toy'), 'utf8')).split('\n')[0]);
    const words = ['--exclude', at('ethanol.toy'), '--json'];
    const { stdout } = await conformers('prepare', at('made.toy'), '--out', at('b.safetensors'), ...words);
    expect(JSON.parse(stdout)).toMatchObject({ excluded: 1, rejected: { records: { excluded: 1 } } });
  });

  it('is read by evaluate on both sides, and keeps what it makes', async () => {
    const json = async (...words: string[]) => JSON.parse((await conformers('evaluate', ...words, '--json')).stdout);
    const own = await json(at('made.toy'), at('made.toy'));
    expect(own.all.recall.amr.mean).toBeCloseTo(0, 4);
    expect(own.networkCalls).toBe(3);
    const saved = await json(at('made.toy'), '--weights', weights, '--sigma', '0.03', '--save', at('kept.toy'));
    expect((await readFile(at('kept.toy'), 'utf8')).match(/^toy /gm)).toHaveLength(saved.counts.generated);
  });

  it('is told in bad places, refusals and help', async () => {
    await writeFile(at('bad.toy'), 'no toy\n');
    const bad = await conformers('prepare', at('bad.toy'), '--out', at('c.safetensors'));
    expect(bad.stderr).toContain(`${at('bad.toy')}:1: this is no toy`);
    const list = await conformers('evaluate', at('in.smi'), at('made.toy'));
    expect(list).toMatchObject({ exitCode: 2, stdout: '' });
    expect(list.stderr).toMatch(
      /in\.smi: SMILES lists cannot hold positions in space; give SDF .* or toys \(\.toy\)\n$/,
    );
    const word = await generate('aspirin');
    expect(word.stderr).toMatch(/files end in \.smi, \.sdf, .* or \.toy\n/);
    const out = await generate('CCO', '-o', 'out.pdb');
    expect(out.stderr).toMatch(/--out takes a name that ends in \.sdf, .* or \.toy, or - for standard output/);
    for (const command of ['generate', 'ensemble', 'evaluate', 'prepare']) {
      expect((await conformers(command, '--help')).stdout.replace(/\s+/g, ' ')).toContain('toys (.toy)');
    }
  });

  it('of systems is read and written by predict', async () => {
    const model = await writeWeightFile(folder, 'w.safetensors', { model: 'clof_vel', hidden: 8, layers: 2 });
    await writeFile(at('in.toys'), '0 0.5 1\n1 0 -1\n');
    const run = await runClofnet('newton', 'predict', at('in.toys'), '--weights', model, '-o', at('out.toys'));
    expect(run.exitCode).toBe(0);
    expect(await readFile(at('out.toys'), 'utf8')).toMatch(/^-?\d\S*\n-?\d\S*\n$/);
    const refused = await runClofnet('newton', 'predict', at('in.toys'), '--weights', model, '-o', at('out.csv'));
    expect(refused.stderr).toContain('ends in .xyz or .extxyz or .toys, not ');
    expect((await runClofnet('newton', 'predict', '--help')).stdout).toContain('.toys');
  });
});
