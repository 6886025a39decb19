import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { stageFile, writeFileAtomic } from '../../src/files/atomic.node.js';
import { writeError } from '../../src/files/file-errors.node.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-atomic-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeFileAtomic', () => {
  it('writes text, bytes and pieces, and leaves nothing else', async () => {
    async function* pieces() {
      yield Uint8Array.of(97);
      yield Uint8Array.of(98, 99);
    }
    const file = join(folder, 'a');
    for (const data of ['abc', Uint8Array.of(97, 98, 99), [Uint8Array.of(97, 98), Uint8Array.of(99)], pieces()]) {
      await writeFileAtomic(file, data);
      expect(await readFile(file, 'utf8')).toBe('abc');
    }
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('keeps the old file and removes the temporary one where the data fail to come', async () => {
    async function* failing() {
      yield Uint8Array.of(1);
      throw new Error('no more');
    }
    const file = join(folder, 'a');
    await writeFile(file, 'old');
    await expect(writeFileAtomic(file, failing())).rejects.toThrow('no more');
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('writes through a symbolic link', async () => {
    await writeFile(join(folder, 'real'), 'old');
    await symlink('real', join(folder, 'link'));
    await writeFileAtomic(join(folder, 'link'), 'new');
    expect(await readFile(join(folder, 'real'), 'utf8')).toBe('new');
  });

  it('removes what a killed process left, and only that', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const mine = `.a.${process.pid}-0123abcd.tmp`;
    await writeFile(join(folder, `.a.${pid}-0123abcd.tmp`), 'left over');
    await writeFile(join(folder, mine), 'still being written');
    await writeFileAtomic(join(folder, 'a'), 'new');
    expect((await readdir(folder)).sort()).toEqual([mine, 'a'].sort());
  });

  it('stages without touching the name until the commit', async () => {
    const file = join(folder, 'a');
    const dropped = await stageFile(file, 'dropped');
    await dropped.discard();
    expect(await readdir(folder)).toEqual([]);
    const kept = await stageFile(file, 'kept');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await kept.commit();
    await kept.discard();
    expect(await readFile(file, 'utf8')).toBe('kept');
  });
});

describe('what cannot be written', () => {
  it.each([
    [
      'missing/a',
      (path: string) => `cannot write ${path}: the folder ${join(path, '..')} does not exist; create it first`,
    ],
    ['folder', (path: string) => `cannot write ${path}: a folder of that name is there`],
    ['file/a', (path: string) => `cannot write ${path}: ${join(path, '..')} is not a folder`],
    ['x'.repeat(300), (path: string) => `cannot write ${path}: the name is too long`],
  ])('%s: the error says why', async (name, message) => {
    await mkdir(join(folder, 'folder'));
    await writeFile(join(folder, 'file'), '');
    const path = join(folder, name);
    await expect(writeFileAtomic(path, 'data')).rejects.toThrow(new UserError(message(path)));
  });

  it('a device is left alone', async () => {
    await expect(writeFileAtomic('/dev/null', 'data')).rejects.toThrow('it is a device or pipe, not a regular file');
  });

  it.each([
    ['ENOSPC', 'cannot write a/b: the disk is full; free some space or write elsewhere'],
    ['EACCES', 'cannot write a/b: no permission to write in a'],
    ['EROFS', 'cannot write a/b: the disk is read-only'],
  ])('%s becomes a clear line', (code, message) => {
    const error = writeError(Object.assign(new Error('low level'), { code }), 'a/b');
    expect(error).toEqual(new UserError(message));
  });

  it('other errors pass unchanged', () => {
    const error = new Error('a bug');
    expect(writeError(error, 'a')).toBe(error);
  });
});
