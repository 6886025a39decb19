import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = join(root, 'docs', 'reference');

/** Pages by name. */
async function pages(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

describe('the reference', () => {
  let folder: string;
  let complaints: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-reference-'));
    const typedoc = join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
    complaints = await new Promise((resolve) => {
      const options = [typedoc, '--out', folder, '--pretty', 'false'];
      execFile(process.execPath, options, { cwd: root }, (_, stdout, stderr) => resolve(stdout + stderr));
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('leaves no exported name without a comment, no named type unexported, no link dangling', () => {
    const lines = complaints.split('\n').filter((line) => /warning|error/i.test(line));
    expect(lines).toEqual([]);
  });

  it('has a page for each subpath', async () => {
    const subpaths = Object.keys(manifest.exports).filter((path) => !/weights|json|browser/.test(path));
    const names = subpaths.map((path) => `${path === '.' ? 'clofnet' : path.slice(2)}.md`);
    expect(Object.keys(await pages(committed)).sort()).toEqual(['README.md', ...names].sort());
  });

  it('is that of these sources; npm run reference brings it up to date', async () => {
    expect(await pages(committed)).toEqual(await pages(folder));
  });
});
