import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeScoreNetworkFile } from '../../src/conformers/networks/score-file.js';
import { ScoreNetwork } from '../../src/conformers/networks/score-network.js';
import { shippedConformerWeights } from '../../src/conformers/networks/shipped-weights.node.js';
import { writeSafetensors } from '../../src/files/safetensors-file.node.js';
import { FitNetwork } from '../../src/fit/network/fit-network.js';
import { encodeWeightFile } from '../../src/networks/weight-file.js';
import { dipole, energy, fitConfig, forces } from '../fit/network/support/fitted.js';
import { livelyWeights } from '../support/lively.js';
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
    const { passed, worst, rounding, allowed, errors, followsReflections, systems, bodies } = JSON.parse(stdout);
    expect({ passed, followsReflections, systems, bodies }).toEqual({
      passed: true,
      followsReflections: false,
      systems: 20,
      bodies: 5,
    });
    expect(worst).toBeLessThan(1e-5);
    expect(rounding).toBeLessThan(1e-5);
    expect(allowed).toBeGreaterThan(1e-5);
    expect(errors.reflection).toBeGreaterThan(1e-4);
  });

  it('fails a network that does not, with exit code 1', async () => {
    const gnn = await writeWeightFile(folder, 'gnn', { model: 'gnn', ...size });
    const { exitCode, stdout, stderr } = await runClofnet('audit', gnn, '--systems', '3', '--bodies', '4');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('gnn: 3 random systems of 4 bodies');
    expect(stdout).toMatch(/permutation {2}\d\.\de-\d/);
    expect(stderr).toMatch(/^clofnet audit: not equivariant: \d\.\de[+-]\d is above [1-9]\.\de-5\n$/);
  });

  it('is as strict as it is told, and repeats itself', async () => {
    const audit = (...options: string[]) => runClofnet('audit', clofnet, ...options);
    expect(await audit('--tolerance', '1e-12')).toMatchObject({ exitCode: 1 });
    const first = await audit('--seed', '7');
    expect(await audit('--seed', '7')).toEqual(first);
    expect((await audit('--seed', '8')).stdout).not.toBe(first.stdout);
    const egnn = await writeWeightFile(folder, 'egnn', { model: 'egnn_vel', ...size });
    expect((await runClofnet('audit', egnn)).stdout).toMatch(
      /reflection +\d\.\de-\d \(this network is equivariant to reflection/,
    );
  });

  it('takes the denoiser and the score network, too', async () => {
    const shipped = await runClofnet('audit', shippedConformerWeights(), '--systems', '4');
    expect(shipped).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shipped.stdout).toMatch(/^denoiser: 4 random molecules of 9 to \d+ atoms, errors relative/);
    const sizes = { hidden: 8, heads: 2, blocks: 1, layers: 1 };
    const [score, published] = [true, false].map((recentre) => ({ model: 'score', ...sizes, recentre }) as const);
    const audit = async (config: typeof score) => {
      const weights = livelyWeights(new ScoreNetwork(config), 1);
      const file = encodeScoreNetworkFile({ config, weights, provenance: {} });
      const path = join(folder, 'score.safetensors');
      await writeSafetensors(path, file.tensors, file.metadata);
      return runClofnet('audit', path, '--systems', '4', '--json');
    };
    const { exitCode, stdout } = await audit(score);
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 0, passed: true, followsReflections: false });
    // Where it takes positions as they are, as published, it does not follow translations.
    expect(await audit(published)).toMatchObject({ exitCode: 1 });
    const many = await runClofnet('audit', shippedConformerWeights(), '--systems', '5000');
    expect(many).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('5000 molecules are too many at once') });
  });

  it('takes fitted networks, whose energies have large shifts', async () => {
    const config = fitConfig('lofnet', {}, { targets: [{ ...energy, shifts: [-13, -1000, -2000] }, forces, dipole] });
    const { parameters } = new FitNetwork(config);
    const file = encodeWeightFile({ config, provenance: {} }, parameters, livelyWeights({ parameters }, 1));
    const path = join(folder, 'fitted.safetensors');
    await writeSafetensors(path, file.tensors, file.metadata);
    const { exitCode, stdout, stderr } = await runClofnet('audit', path, '--systems', '6');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^lofnet: 6 random geometries of 5 atoms, errors relative/);
    expect(stdout).toContain('equivariant to reflection');
    const exported = await runClofnet('export', path, '-o', join(folder, 'fitted.onnx'));
    expect(exported).toMatchObject({ exitCode: 0, stderr: '' });
    expect(exported.stdout).toContain('out  energy [graphs, 1] float64');
    expect(exported.stdout).toContain('out  forces [nodes, 3] float32');
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
