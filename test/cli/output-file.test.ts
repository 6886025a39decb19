import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutputFileRules, requireOutputFile } from '../../src/cli/output-file.js';
import { UserError } from '../../src/common/errors.js';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await writeFile(at('in.xyz'), '');
  await writeFile(at('old.xyz'), '');
  await symlink(at('in.xyz'), at('link.xyz'));
  await mkdir(at('folder.xyz'));
});
afterAll(() => rm(folder, { recursive: true }));

const check = (path: string, rules: Partial<OutputFileRules> = {}): Promise<void> =>
  requireOutputFile(path, { option: '--out', force: false, ...rules });

describe('a file that a command is to write', () => {
  it('may be new, and old where that is allowed', async () => {
    await check(at('new.xyz'), { inputs: [at('in.xyz'), undefined], endings: ['.sdf', '.xyz'] });
    await check(at('NEW.XYZ'), { endings: ['.xyz'] });
    await check(at('old.xyz'), { inputs: [at('in.xyz')], force: true });
  });

  it('is left to the writer where it is a folder, or its folder is not there', async () => {
    await check(at('folder.xyz'));
    await check(join(at('none'), 'new.xyz'));
  });

  it('is not one that is there', async () => {
    await expect(check(at('old.xyz'))).rejects.toThrow(
      new UserError(`${at('old.xyz')} is already there; give --force to replace it, or another --out`),
    );
  });

  it('ends as its kind does', async () => {
    await expect(check(at('new.txt'), { endings: ['.sdf', '.xyz'], force: true })).rejects.toThrow(
      new UserError(`--out takes a file that ends in .sdf or .xyz, not ${at('new.txt')}`),
    );
  });

  it.each(['in.xyz', 'link.xyz', './folder.xyz/../in.xyz'])('is no input, by whatever name: %s', async (name) => {
    const path = `${folder}/${name}`;
    await expect(check(path, { inputs: [at('in.xyz')], force: true })).rejects.toThrow(
      new UserError(`${path} is an input; give another --out`),
    );
  });
});
