import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';
import { writeWeightFile } from './support/weight-file.js';

const size = { hidden: 8, layers: 2 };
let folder = '';
let clofnet = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  clofnet = await writeWeightFile(folder, 'clof', { model: 'clof_vel', ...size, fields: ['gravity', 'magnetic'] });
});
afterAll(() => rm(folder, { recursive: true }));

describe('clofnet audit', () => {
  it('passes a network that follows its input', async () => {
    const { exitCode, stdout, stderr } = await startClofnet('audit', clofnet, '--json').ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { passed, worst, errors, followsReflections, systems, bodies } = JSON.parse(stdout);
    expect({ passed, followsReflections, systems, bodies }).toEqual({
      passed: true,
      followsReflections: false,
      systems: 20,
      bodies: 5,
    });
    expect(worst).toBeLessThan(1e-5);
    expect(errors.reflection).toBeGreaterThan(1e-4);
  });

  it('fails a network that does not, with exit code 1', async () => {
    const gnn = await writeWeightFile(folder, 'gnn', { model: 'gnn', ...size });
    const { exitCode, stdout, stderr } = await runClofnet('audit', gnn, '--systems', '3', '--bodies', '4');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('gnn: 3 random systems of 4 bodies');
    expect(stdout).toMatch(/permutation {2}\d\.\de-\d/);
    expect(stderr).toMatch(/^clofnet audit: not equivariant: [\de.+-]+ is above 0\.00001\n$/);
  });

  it('is as strict as it is told, and repeats itself', async () => {
    const audit = (...options: string[]) => runClofnet('audit', clofnet, ...options);
    expect(await audit('--tolerance', '1e-12')).toMatchObject({ exitCode: 1 });
    const first = await audit('--seed', '7');
    expect(await audit('--seed', '7')).toEqual(first);
    expect((await audit('--seed', '8')).stdout).not.toBe(first.stdout);
    const egnn = await writeWeightFile(folder, 'egnn', { model: 'egnn_vel', ...size });
    expect((await runClofnet('audit', egnn)).stdout).toMatch(
      /reflection +\d\.\de-\d \(this network follows mirrors too/,
    );
  });

  it('refuses what makes no sense', async () => {
    for (const [options, message] of [
      [['--systems', '0'], 'Expected a whole number from 1'],
      [['--bodies', '-5'], 'Expected a whole number from 1'],
      [['--systems', '100000', '--bodies', '1000'], '100000 systems of 1000 bodies are too many'],
      [['--tolerance', '-1'], 'Expected a number of at least 0'],
      [['--seed', '1.5'], 'Expected a whole number from 0'],
      [['--device', 'cuda'], 'Allowed choices are cpu, webgpu'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runClofnet('audit', clofnet, ...options);
      expect(stderr).toContain(message);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
    const missing = await runClofnet('audit', join(folder, 'no'));
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no: no such file') });
  });
});
