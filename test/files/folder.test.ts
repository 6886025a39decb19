import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inFolder, makeFolder } from '../../src/files/folder.node.js';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a folder', () => {
  it('is made with those above it', async () => {
    await makeFolder(at('a', 'b'));
    await makeFolder(at('a', 'b'));
    expect(await readdir(at('a'))).toEqual(['b']);
  });

  it('is not made where a file is in the way', async () => {
    await writeFile(at('file'), '');
    for (const path of [at('file'), at('file', 'x')])
      await expect(makeFolder(path)).rejects.toThrow(`${path}: a file is there, not a folder`);
  });
});

describe('work in a folder', () => {
  const fail = (): Promise<never> => Promise.reject(new Error('no'));

  it('leaves it', async () => {
    expect(await inFolder(at('a', 'b'), async () => 7)).toBe(7);
    expect(await readdir(at('a'))).toEqual(['b']);
  });

  it('that fails takes away what was made for it', async () => {
    await mkdir(at('mine'));
    await expect(inFolder(at('mine', 'a', 'b'), fail)).rejects.toThrow('no');
    expect(await readdir(at('mine'))).toEqual([]);
    await expect(inFolder(at('mine'), fail)).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual(['mine']);
  });

  it('that fails leaves what is not empty', async () => {
    const work = async (): Promise<never> => {
      await writeFile(at('a', 'file'), '');
      return fail();
    };
    await expect(inFolder(at('a', 'b'), work)).rejects.toThrow('no');
    expect(await readdir(at('a'))).toEqual(['file']);
  });
});
