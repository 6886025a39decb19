import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDataset } from '../../src/conformers/dataset/dataset-file.node.js';
import { ensembleFixture, fixtureLines } from '../support/ensemble-fixtures.js';
import { startClofnet, startInShell } from './support/child.js';
import { runClofnet } from './support/run.js';

const QM9 = ensembleFixture('qm9_gfn2.jsonl');
const GEOM = ensembleFixture('geom_form.msgpack');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const prepare = (...words: string[]) => runClofnet('conformers', 'prepare', ...words);

describe('clofnet conformers prepare', () => {
  it('writes a data set and its manifest, and says so as JSON', async () => {
    const out = join(folder, 'a.safetensors');
    const words = ['conformers', 'prepare', QM9, '--out', out, '--exclude', GEOM, '--valid', '0.5', '--json'];
    const { exitCode, stdout, stderr } = await startClofnet(...words).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ file: out, isomers: 9, excluded: 5, rejected: { records: { excluded: 5 } } });
    const manifest = JSON.parse(await readFile(`${out}.json`, 'utf8'));
    expect(manifest).toMatchObject({ molecules: 9, sha256: summary.sha256, splits: summary.splits, seed: 7 });
    expect(manifest.command).toContain(`conformers prepare ${QM9}`);
    expect(manifest.command).toContain(`--exclude ${GEOM}`);
    expect((await readDataset(out)).ensembles).toHaveLength(9);
  });

  it('prints a table of what became of the inputs', async () => {
    const out = join(folder, 'b.safetensors');
    const { exitCode, stdout, stderr } = await prepare(QM9, GEOM, '--out', out, '--max-atoms', '20', '--valid', '0');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual([`${out}: 12 isomers, 31 conformers`, '  12 train, 0 valid, 0 test']);
    expect(stdout).toMatch(/qm9_gfn2\.jsonl +14 records +12 kept\n.*geom_form\.msgpack +5 records +5 kept\n/);
    expect(stdout).toMatch(/too many atoms +2 records\n +same isomer, merged +5 isomers\n/);
  });

  it('reports bad records, writes the others, and exits with 1', async () => {
    const path = join(folder, 'bad.jsonl');
    await writeFile(path, `${fixtureLines('qm9_gfn2.jsonl')[0]}\n{"smiles":\n`);
    const out = join(folder, 'c.safetensors');
    const { exitCode, stdout, stderr } = await prepare(path, '--out', out);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 isomer, 3 conformers');
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      `warning: ${path}:2: the line is not valid JSON, or is truncated: "{\\"smiles\\":"`,
      'clofnet conformers prepare: 1 record could not be read and were skipped',
    ]);
    expect((await readDataset(out)).ensembles).toHaveLength(1);
  });

  it('reads standard input', async () => {
    const out = join(folder, 'piped.safetensors');
    const words = ['conformers', 'prepare', '-', GEOM, '--out', out, '--json'] as const;
    const { exitCode, stdout, stderr } = await startInShell(`"$@" < '${QM9}'`, ...words).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(JSON.parse(stdout).sources).toMatchObject([
      { path: '-', records: 14, kept: 14, sha256 },
      { records: 5, kept: 5, sha256 },
    ]);
  });

  it('only warns of molecules to exclude that it cannot read', async () => {
    const list = join(folder, 'list.smi');
    await writeFile(list, 'CCO\nC1CC\n');
    const { exitCode, stderr } = await prepare(QM9, '--out', join(folder, 'd.safetensors'), '--exclude', list);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: not excluded: .*list\.smi, line 2: .*\n$/);
  });

  it('refuses mistakes before it reads anything', async () => {
    const out = join(folder, 'e.safetensors');
    await writeFile(join(folder, 'there.safetensors'), '');
    const cases: [string[], string][] = [
      [[QM9, QM9, '--out', out], 'is named twice'],
      [[QM9, join(folder, 'none.jsonl'), '--out', out], 'none.jsonl: no such file'],
      [[QM9, '--out', out, '--exclude', join(folder, 'none.smi')], 'none.smi: no such file'],
      [[folder, '--out', out], 'it is a folder, not a file'],
      [[QM9, '--out', QM9], '--out takes a file that ends in .safetensors, not '],
      [[QM9, join(folder, 'there.safetensors'), '--out', join(folder, 'there.safetensors'), '--force'], 'is an input'],
      [[QM9, '--out', join(folder, 'there.safetensors')], 'is already there; give --force'],
      [[QM9, '--out', join(folder, 'no', 'e.safetensors')], 'does not exist; create it first'],
      [[QM9, '--out', out, '--elements', 'H,Qq'], '--elements: "Qq" is not an element'],
      [[QM9, '--out', out, '--valid', '0.6', '--test', '0.6'], 'shares must sum to at most 1'],
      [[QM9], "required option '--out <file>' not specified"],
      [[QM9, '--out', out, '--exclude'], "option '--exclude <file...>' argument missing"],
    ];
    for (const [words, message] of cases) {
      const { exitCode, stdout, stderr } = await prepare(...words);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
    expect((await readdir(folder)).filter((name) => name.includes('e.safe') && !name.startsWith('there'))).toEqual([]);
  });

  it('replaces a data set only when forced', async () => {
    const out = join(folder, 'f.safetensors');
    expect(await prepare(QM9, '--out', out)).toMatchObject({ exitCode: 0 });
    expect(await prepare(GEOM, '--out', out, '--force')).toMatchObject({ exitCode: 0 });
    expect((await readDataset(out)).ensembles).toHaveLength(5);
  });
});
