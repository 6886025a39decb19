import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { ScratchFile } from '../../src/files/scratch-file.node.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('keeps bytes beside the file to be, and goes without a trace', async () => {
  const scratch = await ScratchFile.open(join(folder, 'data'));
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^\.data\.\d+-[0-9a-f]{8}\.tmp$/)]);
  expect(await scratch.append(Uint8Array.of(1, 2, 3))).toBe(0);
  expect(await scratch.append(Uint8Array.of(4, 5))).toBe(3);
  expect(await scratch.read(1, 3)).toEqual(Uint8Array.of(2, 3, 4));
  await expect(scratch.read(4, 2)).rejects.toThrow('has only 5 bytes');
  await scratch.remove();
  expect(await readdir(folder)).toEqual([]);
});

it('needs a folder that is there', async () => {
  const opened = ScratchFile.open(join(folder, 'none', 'data'));
  await expect(opened).rejects.toThrow(UserError);
  await expect(opened).rejects.toThrow('does not exist; create it first');
});
