import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandList } from '../../src/cli/commands.js';
import { simulateSpec } from '../../src/cli/newton/simulate-spec.js';
import { runCommandLine } from '../../src/cli/run.js';
import { readDataset, readDescription } from '../../src/newton/data/dataset-read.node.js';
import { PUBLISHED_COUNTS, PUBLISHED_SEED } from '../../src/newton/simulation/protocol.js';
import { SYSTEM_KINDS } from '../../src/newton/system/kinds.js';
import { PROTOCOLS } from '../../src/newton/system/system.js';
import { startClofnet } from './support/child.js';
import { recordingStreams } from './support/streams.js';

const SMALL = ['--train', '3', '--valid', '2', '--test', '1', '--workers', '1'];
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command in this process. */
async function simulate(...options: string[]) {
  const { streams, written } = recordingStreams();
  const exitCode = await runCommandLine(['newton', 'simulate', ...options], commandList, streams);
  return { exitCode, ...written };
}

describe('clofnet newton simulate', () => {
  it('has the published sets for its defaults', () => {
    const { options } = simulateSpec;
    const { train, valid, test, seed, system, protocol } = options;
    expect({ train: train.default, valid: valid.default, test: test.default }).toEqual(PUBLISHED_COUNTS);
    expect(seed.default).toBe(PUBLISHED_SEED);
    expect(system.choices).toEqual(SYSTEM_KINDS);
    expect(protocol.choices).toEqual(PROTOCOLS);
  });

  it('writes a set that reads back, and says so as JSON', async () => {
    const out = join(folder, 'deep', 'set');
    const child = startClofnet('newton', 'simulate', ...SMALL, '--system', 'static', '--out', out, '--json');
    const { exitCode, stdout, stderr } = await child.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({
      bodies: 5,
      frames: 49,
      seed: 43,
      trajectories: { train: 3, valid: 2, test: 1 },
    });
    expect(summary.files).toHaveLength(13);
    const { train, test } = await readDataset(out, summary.name);
    expect([train.trajectories, train.snapshots, train.bodies, test.trajectories]).toEqual([3, 49, 5, 1]);
  });

  it('writes sets of other lengths, with a cutoff, and how they were made', async () => {
    const out = join(folder, 'short');
    const length = ['--steps', '501', '--sample-every', '20', '--time-step', '0.002', '--seed', '9'];
    const kind = ['--system', 'gravity', '--bodies', '8', '--cutoff', '2.5'];
    const { exitCode, stdout } = await simulate(...SMALL, ...length, ...kind, '--out', out);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '8 bodies, 25 snapshots each, 0.04 apart, forces up to a distance of 2.5, clofnet protocol',
    );
    const name = 'gravity8_initvel1small_8body_cutoff2.5';
    expect(await readDescription(out, name)).toEqual({
      format: 'clofnet trajectories',
      version: 1,
      spacing: 0.04,
      simulation: {
        kind: 'gravity',
        protocol: 'clofnet',
        bodies: 8,
        steps: 501,
        sampleEvery: 20,
        timeStep: 0.002,
        softening: 0.01,
        cutoff: 2.5,
        seed: 9,
        trajectories: { train: 3, valid: 2, test: 1 },
      },
    });
    const { train } = await readDataset(out, name);
    expect([train.snapshots, train.bodies]).toEqual([25, 8]);
  });

  it('replaces a set only when forced', async () => {
    const out = join(folder, 'twice');
    const first = await simulate(...SMALL, '--out', out);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('3 train, 2 valid, 1 test trajectories');
    const again = await simulate(...SMALL, '--out', out);
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toMatch(/^clofnet newton simulate: the set \w+ is already in .*give --force.*\n$/);
    expect(await simulate(...SMALL, '--out', out, '--force')).toMatchObject({ exitCode: 0 });
  });

  it('refuses what cannot work, before it starts', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const [options, message] of [
      [['--out', file], 'a file is there, not a folder'],
      [['--out', join(file, 'x')], 'a file is there, not a folder'],
      [['--train', '0', '--valid', '0', '--test', '0'], 'there is nothing to simulate'],
      [['--train', '1000000000000'], 'ask for fewer trajectories'],
      [['--bodies', '0'], 'Expected a whole number from 1'],
      [['--steps', '100'], 'give no snapshot; take more than 100 steps'],
      [['--time-step', '0'], "option '--time-step <n>' argument '0' is invalid. Expected a number above 0"],
      [['--system', 'springs', '--cutoff', '2'], 'forces between bodies on springs have no cutoff; remove --cutoff'],
    ] as const) {
      const { exitCode, stderr } = await simulate('--out', join(folder, 'none'), ...options);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
    }
    expect(await readdir(folder)).not.toContain('none');
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const out = join(folder, 'interrupted');
    const child = startClofnet('newton', 'simulate', '--train', '100000', '--out', out);
    await child.sees(() => readdir(out));
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGINT');
    const { exitCode, stderr } = await child.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('clofnet newton simulate: interrupted\n');
    expect(await readdir(folder)).not.toContain('interrupted');
  });
});
