import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { lockRun } from '../../src/training/run-lock.node.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** No process has this number: Linux stops at 2^22. */
const GONE = 2 ** 22 + 1;

test('a second process is refused until the first has given the folder back', async () => {
  const unlock = await lockRun(folder);
  await expect(lockRun(folder)).rejects.toThrow(UserError);
  await expect(lockRun(folder)).rejects.toThrow(`process ${process.pid} is already training in ${folder}`);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
  await (await lockRun(folder))();
});

test('a lock of this very process number, left by a process before, does not count', async () => {
  await writeFile(join(folder, 'lock'), `${process.pid}\n`);
  await (await lockRun(folder))();
});

test('what a killed process left behind does not count', async () => {
  for (const left of [`${GONE}\n`, '', 'no number']) {
    await writeFile(join(folder, 'lock'), left);
    await (await lockRun(folder))();
  }
});
