import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { Rng } from '../../src/random/generator.js';
import { startClofnet } from './support/child.js';
import { outcome, writeTinyConfig, writeTinyData } from './support/tiny-run.js';

const FILES = ['checkpoint.safetensors', 'metrics.csv', 'metrics.jsonl', 'weights.safetensors'];

let folder = '';
let config = '';
let undisturbed: Awaited<ReturnType<typeof outcome>>;
const at = (name: string): string => join(folder, name);
const start = (run: string) => startClofnet('newton', 'train', config, '--workers', '2', '--out', at(run));
const resume = (run: string) => startClofnet('newton', 'train', '--resume', '--out', at(run));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await writeTinyData(at('data'));
  config = await writeTinyConfig(at('config.jsonc'), at('data'));
  const { exitCode, stderr } = await start('undisturbed').ended;
  expect({ exitCode, stderr: stderr.includes('error') }).toEqual({ exitCode: 0, stderr: false });
  undisturbed = await outcome(at('undisturbed'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Waits until the run's checkpoint is another than it was. */
async function advanced(run: string, before: Buffer | undefined, child: ReturnType<typeof start>): Promise<void> {
  await child.sees(async () => {
    const now = await readFile(join(at(run), 'checkpoint.safetensors'));
    if (before?.equals(now)) throw new Error('no step yet');
  });
}

describe('a training run', () => {
  it('that is killed again and again ends with the numbers of an undisturbed one', async () => {
    const rng = Rng.fromSeed(Date.now());
    let before: Buffer | undefined;
    for (let kill = 0; kill < 5; kill++) {
      const child = kill === 0 ? start('killed') : resume('killed');
      // The third one dies on its way to the first step, the others at some moment after it.
      if (kill === 2) await sleep(rng.integer(1500));
      else await advanced('killed', before, child);
      await sleep(rng.integer(250));
      child.kill('SIGKILL');
      await child.ended;
      before = await readFile(join(at('killed'), 'checkpoint.safetensors'));
    }
    const { metadata } = await readSafetensors(join(at('killed'), 'checkpoint.safetensors'));
    expect(JSON.parse(metadata.progress).epoch).toBeLessThan(20);
    const { exitCode } = await resume('killed').ended;
    expect(exitCode).toBe(0);
    expect(await outcome(at('killed'))).toEqual(undisturbed);
    expect((await readdir(at('killed'))).sort()).toEqual(FILES);
  });

  it('that gets Ctrl-C saves a checkpoint, says how to go on, and ends with the same numbers', async () => {
    const child = start('stop ped');
    await child.sees(() => readFile(join(at('stop ped'), 'metrics.jsonl')));
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await child.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain(`continue with: clofnet newton train --resume --out '${at('stop ped')}'`);
    expect((await readdir(at('stop ped'))).every((name) => FILES.includes(name))).toBe(true);
    const again = await resume('stop ped').ended;
    expect(again.exitCode).toBe(0);
    expect(await outcome(at('stop ped'))).toEqual(undisturbed);
  });

  it('that has ended stays as it is when it is resumed', async () => {
    expect((await resume('undisturbed').ended).exitCode).toBe(0);
    expect(await outcome(at('undisturbed'))).toEqual(undisturbed);
  });
});
