import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';

const MOLECULES = ['CCO spirit', 'CC(N)C(=O)O alanine', 'CCOC', 'CCN', 'OCC again', 'CC(C)O', 'CCCO'];
let folder = '';
let input = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  input = join(folder, 'molecules.smi');
  await writeFile(input, `${MOLECULES.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const ensemble = (...words: string[]) =>
  runClofnet('conformers', 'ensemble', ...words, '--workers', '1', '--starts', '4');

describe('clofnet conformers ensemble', () => {
  it('writes a file that prepare reads', async () => {
    const out = join(folder, 'set.jsonl.gz');
    const made = await ensemble(input, '-o', out);
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(made.stdout).toMatch(/set\.jsonl\.gz: \d+ conformers of 6 molecules\n/);
    expect(made.stdout).toContain('1 duplicate molecule omitted');
    const lines = gunzipSync(await readFile(out))
      .toString()
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).name ?? '')).toEqual(['spirit', 'alanine', '', '', '', '']);
    const set = join(folder, 'set.safetensors');
    const prepared = await runClofnet('conformers', 'prepare', out, '--out', set, '--valid', '0', '--json');
    expect(prepared.exitCode).toBe(0);
    expect(JSON.parse(prepared.stdout)).toMatchObject({ isomers: 6 });
  });

  it('continues where it was stopped, to the file of an uninterrupted run', async () => {
    const [whole, part] = [join(folder, 'whole.jsonl'), join(folder, 'part.jsonl')];
    await ensemble(input, '-o', whole);
    await ensemble(input, '-o', part, '--limit', '2');
    const text = await readFile(whole, 'utf8');
    expect(await readFile(part, 'utf8')).toBe(text.split('\n').slice(0, 2).join('\n').concat('\n'));
    await writeFile(part, text.slice(0, text.length / 2)); // as a kill leaves it, in the midst of a line
    const again = await ensemble(input, '-o', part);
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toContain('give --resume to continue it');
    const resumed = await ensemble(input, '-o', part, '--resume', '--json');
    expect(resumed.exitCode).toBe(0);
    const { molecules, resumed: before } = JSON.parse(resumed.stdout);
    expect(molecules + before).toBe(6);
    expect(await readFile(part, 'utf8')).toBe(text);
    const other = await runClofnet('conformers', 'ensemble', input, '-o', part, '--resume', '--starts', '9');
    expect(other.stderr).toMatch(/was made with 'seed 7, 4 starts.*this run has 'seed 7, 9 starts/);
  });

  it('reports bad lines and molecules without parameters, and does the others', async () => {
    const bad = join(folder, 'bad.smi');
    await writeFile(bad, 'C1CC open\nCB(O)O boron\nCCO\n');
    const out = join(folder, 'bad.jsonl');
    const { exitCode, stdout, stderr } = await ensemble(bad, '-o', out, '--json');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/bad\.smi, line 1: .*never closed/);
    expect(stderr).toContain('boron: CB(O)O: MMFF94s has no parameters for this molecule');
    expect(stderr).toContain('1 line or record could not be read, 1 molecule got no conformers');
    expect(JSON.parse(stdout)).toMatchObject({ molecules: 2, withoutConformers: 1, unreadable: 1 });
    expect((await readFile(out, 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  it('says that nothing was written where no line can be read', async () => {
    const bad = join(folder, 'open.smi');
    await writeFile(bad, 'C1CC\n');
    for (const name of ['nothing.jsonl', 'nothing.jsonl.gz']) {
      const { exitCode, stdout } = await ensemble(bad, '-o', join(folder, name));
      expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/^no molecules; nothing was written\n/)]);
    }
  });

  it('refuses what makes no sense, before it starts', async () => {
    const emptyFile = join(folder, 'empty.smi');
    await writeFile(emptyFile, '\n');
    for (const [words, message] of [
      [['CCO', '-o', 'x.sdf'], '--out takes a file that ends in .jsonl or .jsonl.gz, not x.sdf'],
      [['CCO', '-o', join(folder, 'x.jsonl'), '--resume', '--force'], 'give only one'],
      [[emptyFile, '-o', join(folder, 'x.jsonl')], 'empty.smi holds no molecules'],
      [['missing.smi', '-o', join(folder, 'x.jsonl')], 'no such file'],
      [['CCO', '-o', join(folder, 'none', 'x.jsonl')], 'does not exist'],
    ] as const) {
      const { exitCode, stderr } = await ensemble(...words);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('leaves whole lines when it is interrupted', async () => {
    const out = join(folder, 'stopped.jsonl');
    const child = startClofnet('conformers', 'ensemble', input, '-o', out, '--starts', '200', '--workers', '1');
    await child.sees(() => readFile(out));
    child.kill('SIGINT');
    const { exitCode, stderr } = await child.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(
      /stopped; .*stopped\.jsonl holds \d+ molecules?; run the same command with --resume to continue\n/,
    );
    const text = await readFile(out, 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    for (const line of text.trim().split('\n')) JSON.parse(line);
  });
});
