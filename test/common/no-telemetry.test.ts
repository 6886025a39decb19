import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a program leaves in the home folder of a user who has said nothing of telemetry. */
async function leftAtHome(...args: string[]): Promise<string[]> {
  const home = await mkdtemp(join(tmpdir(), 'clofnet-home-'));
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  try {
    const { stderr } = await promisify(execFile)(process.execPath, ['--import', './scripts/typescript.js', ...args], {
      cwd: root,
      env: { ...env, HOME: home },
    });
    expect(stderr).toBe('');
    return await readdir(home, { recursive: true });
  } finally {
    await rm(home, { recursive: true });
  }
}

it.each([
  ['on the main thread', ['audit', 'weights/clofnet-es5-seed1.safetensors', '--quiet']],
  ['on worker threads', ['conformers', 'generate', 'CCO', '-n', '1', '--quiet']],
])('ONNX Runtime leaves nothing behind %s', async (_, words) => {
  expect(await leftAtHome('src/cli/main.ts', ...words)).toEqual([]);
});
