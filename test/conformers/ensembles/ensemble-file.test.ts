import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnsembleFile } from '../../../src/conformers/ensembles/ensemble-file.node.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const settings = 'seed 1';
const line = (source: string, other = {}) => JSON.stringify({ source, settings, ...other });

async function write(path: string, sources: readonly string[], options = {}) {
  const file = await EnsembleFile.open(path, { settings, ...options });
  for (const source of sources) await file.append(source, line(source));
  return file;
}

describe('a file of ensembles', () => {
  it.each(['a.jsonl', 'b.jsonl.gz'])('goes on after its last whole line: %s', async (name) => {
    const path = join(folder, name);
    const working = name.endsWith('.gz') ? `${path}.partial` : path;
    await (await write(path, ['CC', 'CCC'])).close();
    await appendFile(working, '{"source":"CCCC","sett');
    const resumed = await EnsembleFile.open(path, { settings, resume: true });
    expect([...resumed.sources]).toEqual(['CC', 'CCC']);
    await resumed.append('CO', line('CO'));
    await resumed.finish();
    const bytes = await readFile(path);
    const text = name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
    expect(text).toBe(`${['CC', 'CCC', 'CO'].map((source) => line(source)).join('\n')}\n`);
    expect((await readdir(folder)).filter((each) => each.includes('partial'))).toEqual([]);
    const again = await EnsembleFile.open(path, { settings, resume: true });
    expect([...again.sources]).toEqual(['CC', 'CCC', 'CO']);
    await again.finish();
    expect(name.endsWith('.gz') ? gunzipSync(await readFile(path)).toString() : await readFile(path, 'utf8')).toBe(
      text,
    );
  });

  it('starts where there is none to go on with', async () => {
    const file = await write(join(folder, 'new.jsonl'), ['C'], { resume: true });
    await file.finish();
    expect(await readFile(join(folder, 'new.jsonl'), 'utf8')).toBe(`${line('C')}\n`);
  });

  it('is replaced only when that is forced', async () => {
    const path = join(folder, 'twice.jsonl.gz');
    await (await write(path, ['C', 'CC'])).close();
    await expect(EnsembleFile.open(path, { settings })).rejects.toThrow('twice.jsonl.gz.partial is already there');
    await (await write(path, ['N'], { force: true })).finish();
    expect(gunzipSync(await readFile(path)).toString()).toBe(`${line('N')}\n`);
    await expect(EnsembleFile.open(path, { settings })).rejects.toThrow(
      'is already there; give resume to continue it, or give force',
    );
  });

  it('does not go on with files of other settings, or of something else', async () => {
    const path = join(folder, 'other.jsonl');
    await (await write(path, ['C'])).finish();
    const open = (of: string) => EnsembleFile.open(path, { settings: of, resume: true });
    await expect(open('seed 2')).rejects.toThrow("other.jsonl:1 was made with 'seed 1', this run has 'seed 2'");
    for (const text of ['no JSON\n', '{"smiles":"C"}\n', '[]\n']) {
      await writeFile(path, text);
      await expect(open(settings)).rejects.toThrow(
        'other.jsonl:1: this cannot be resumed; give one that the command conformers ensemble wrote',
      );
    }
    await expect(EnsembleFile.open(join(folder, 'none', 'x.jsonl'), { settings })).rejects.toThrow('does not exist');
  });
});
