import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors-file.node.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('writes and reads, and refuses what is missing or cut short', async () => {
  const path = join(folder, 'w.safetensors');
  await writeSafetensors(path, [['a', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]], { k: 'v' });
  const { tensors, metadata } = await readSafetensors(path);
  expect(tensors.get('a')?.data).toEqual(Float32Array.of(1, 2));
  expect(metadata).toEqual({ k: 'v' });
  expect(await readdir(folder)).toEqual(['w.safetensors']);

  await truncate(path, 70);
  await expect(readSafetensors(path)).rejects.toThrow(UserError);
  await expect(readSafetensors(path)).rejects.toThrow(path);
  await expect(readSafetensors(join(folder, 'no'))).rejects.toThrow(/no: no such file/);
  await expect(readSafetensors(folder)).rejects.toThrow(/it is a folder/);
});
