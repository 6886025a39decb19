import { type FileHandle, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { AppendFile } from '../../src/files/append-file.node.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What all handles have in common. */
async function handlePrototype(path: string): Promise<FileHandle> {
  const handle = await open(path);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

describe('a file that grows', () => {
  it('has every record as soon as it is written', async () => {
    const path = join(folder, 'out.txt');
    const file = await AppendFile.prepare(path);
    expect(await readdir(folder)).toEqual([]);
    for (const [record, content] of [
      ['one\n', 'one\n'],
      ['Å\n', 'one\nÅ\n'],
    ]) {
      await file.append(record);
      expect(await readFile(path, 'utf8')).toBe(content);
    }
    await file.close();
    await file.close();
  });

  it('replaces what was there with its first record, not before', async () => {
    const path = join(folder, 'out.txt');
    await writeFile(path, 'old and long');
    const file = await AppendFile.prepare(path);
    expect(await readFile(path, 'utf8')).toBe('old and long');
    await file.append('new');
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('keeps as many bytes as it is told to', async () => {
    const path = join(folder, 'out.txt');
    await writeFile(path, 'one\ntwo\nthr');
    const file = await AppendFile.prepare(path, { keep: 8 });
    await file.append('three\n');
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
  });

  it('takes back a record that did not get through, and goes on', async () => {
    const path = join(folder, 'out.txt');
    await writeFile(path, 'one\ntw');
    const file = await AppendFile.prepare(path, { keep: 4 });
    const half = vi.spyOn(await handlePrototype(path), 'appendFile');
    half.mockImplementationOnce(async function (this: FileHandle, record) {
      await this.write(String(record).slice(0, 3));
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    });
    await expect(file.append('two\nthree\n')).rejects.toThrow('the disk is full');
    expect(await readFile(path, 'utf8')).toBe('one\n');
    await file.append('2Å\n');
    half.mockRejectedValueOnce(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    await expect(file.append('three\n')).rejects.toThrow('the disk is full');
    half.mockRestore();
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\n2Å\n');
  });

  it('says what stops it', async () => {
    await expect(AppendFile.prepare(join(folder, 'none', 'out.txt'))).rejects.toThrow(
      'does not exist; create it first',
    );
    const blocked = await AppendFile.prepare(folder);
    await expect(blocked.append('x')).rejects.toThrow(UserError);
    await expect(blocked.append('x')).rejects.toThrow('a folder of that name is there');
  });

  it.runIf(process.platform === 'linux')('says so where the disk is full', async () => {
    const full = await AppendFile.prepare('/dev/full');
    await expect(full.append('x')).rejects.toThrow('the disk is full');
    await full.close().catch(() => undefined);
  });
});
