import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyWeights } from '../conformers/support/tiny-weights-file.js';
import { startClofnet, startInShell } from './support/child.js';
import { gentleOptions, recordsOf } from './support/gentle-generate.js';
import { runClofnet } from './support/run.js';

let folder = '';
let gentle: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  gentle = gentleOptions(await writeTinyWeights(folder));
});
afterAll(() => rm(folder, { recursive: true }));

const place = (name: string): string => join(folder, name);
const generate = (...words: string[]) => runClofnet('conformers', 'generate', ...words, ...gentle);

async function file(name: string, content: string): Promise<string> {
  await writeFile(place(name), content);
  return place(name);
}

describe('a run of clofnet conformers generate that is stopped', () => {
  const many = Array.from({ length: 40 }, (_, k) => `${'C'.repeat(1 + (k % 7))}C(O)C${'N'.repeat(k % 2)} m${k}`);
  const words = (input: string, out: string) => [input, '-n', '3', '-o', out, '--workers', '2'];
  let input = '';
  let whole = '';
  beforeAll(async () => {
    input = await file('many.smi', many.join('\n'));
    expect((await generate(...words(input, place('whole.sdf')))).exitCode).toBe(0);
    whole = await readFile(place('whole.sdf'), 'utf8');
  });

  async function stopped(name: string, signal: NodeJS.Signals) {
    const out = place(name);
    const child = startClofnet('conformers', 'generate', ...words(input, out), ...gentle);
    await child.sees(async () => {
      if ((await stat(out)).size < 20_000) throw new Error('too early');
    });
    child.kill(signal);
    return { out, ended: await child.ended, text: await readFile(out, 'utf8') };
  }

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'by %s leaves whole records, and goes on to the very same file',
    async (signal) => {
      const { out, ended, text } = await stopped(`${signal}.sdf`, signal);
      expect(text.length).toBeLessThan(whole.length);
      expect(text.endsWith('$$$$\n')).toBe(true);
      expect(whole.startsWith(text)).toBe(true);
      if (signal === 'SIGINT') {
        expect(ended.exitCode).toBe(130);
        expect(ended.stderr).toMatch(
          /stopped; \S+ holds \d+ conformers; run the same command with --resume to continue\n/,
        );
      }
      const { exitCode, stdout } = await generate(...words(input, out), '--resume');
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/already in the file/);
      expect(await readFile(out, 'utf8')).toBe(whole);
    },
  );

  it.runIf(process.platform === 'linux')('by a file that may not grow leaves whole records, and goes on', async () => {
    const out = await file('full.sdf', 'mine');
    const command = ['conformers', 'generate', ...words(input, out), ...gentle, '--force'];
    const { exitCode, stdout, stderr } = await startInShell('ulimit -f 20; exec "$@"', ...command).ended;
    expect([exitCode, stdout]).toEqual([2, '']);
    const [note, failure] = stderr.split('\n');
    expect(note).toMatch(
      /full\.sdf holds \d+ conformers; run the same command with --resume instead of --force to continue$/,
    );
    expect(failure).toMatch(/full\.sdf: the file would be larger than the system allows$/);
    const text = await readFile(out, 'utf8');
    expect(recordsOf(text)).toHaveLength(Number(/holds (\d+)/.exec(note)?.[1]));
    expect(whole.startsWith(text)).toBe(true);
    expect((await generate(...words(input, out), '--resume')).exitCode).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(whole);
  });

  it('continues a file of version 0.1.0, which evaluate reads too', async () => {
    const ofBefore = (text: string): string =>
      text
        .replaceAll(/at most (\d+) attempts/g, 'at most $1 draws')
        .replaceAll('<attempts>', '<draws>')
        .replaceAll('<requested>', '<asked>');
    const half = ofBefore(whole.slice(0, whole.length >> 1));
    expect(half).not.toMatch(/attempts|requested/);
    const out = await file('before.sdf', half);
    expect((await generate(...words(input, out), '--resume')).exitCode).toBe(0);
    expect(ofBefore(await readFile(out, 'utf8'))).toBe(ofBefore(whole));
    const figures = async (path: string) => {
      const { exitCode, stdout } = await runClofnet('conformers', 'evaluate', out, path, '--limit', '2', '--json');
      const { all, networkCalls } = JSON.parse(stdout);
      return { exitCode, all, networkCalls };
    };
    expect(await figures(await file('old.sdf', ofBefore(whole)))).toEqual(await figures(await file('new.sdf', whole)));
  });

  it('goes on from half a record, and from a file that is whole', async () => {
    const out = await file('half.sdf', whole.slice(0, whole.length >> 1));
    for (let time = 0; time < 2; time++) {
      expect((await generate(...words(input, out), '--resume')).exitCode).toBe(0);
      expect(await readFile(out, 'utf8')).toBe(whole);
    }
  });
});
