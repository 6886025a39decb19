import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDataset } from '../../src/conformers/dataset/dataset-file.node.js';
import type { Ensemble } from '../../src/conformers/dataset/ensemble.js';
import { decodeDenoiserFile } from '../../src/conformers/networks/denoiser-file.js';
import { hashWeights } from '../../src/conformers/networks/weights-hash.node.js';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { knownShape } from '../conformers/support/stub-denoiser.js';
import { findAll, parseHtml, textOf } from '../report/parse-html.js';
import { runClofnet } from './support/run.js';

let folder = '';
const at = (name: string): string => join(folder, name);

function ensemble(smiles: string): Ensemble {
  const { molecule, shape } = knownShape(smiles);
  return { molecule, conformers: [shape, shape], level: 'mmff94s' };
}

const SIZE = ['--hidden', '8', '--layers', '1', '--batch', '2', '--workers', '1'];
const train = (run: string, ...options: string[]) =>
  runClofnet('conformers', 'train', '--data', at('data.safetensors'), '--out', at(run), ...SIZE, ...options);

async function provenanceOf(run: string): Promise<Record<string, unknown>> {
  const { metadata } = await readSafetensors(at(`${run}/weights.safetensors`));
  return JSON.parse(metadata.provenance);
}

const pageOf = async (file: string) => parseHtml(await readFile(file, 'utf8'));
const idsOf = (page: Awaited<ReturnType<typeof pageOf>>) =>
  findAll(page, 'section').map(({ attributes }) => attributes.get('id'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  const ensembles = ['CCO', 'CN', 'CCCCO', 'CCCl'].map(ensemble);
  await writeDataset(at('data.safetensors'), ensembles, {}, ['train', 'train', 'valid', 'valid']);
  const { exitCode } = await train('run', '--epochs', '2');
  expect(exitCode).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

describe('clofnet conformers train', () => {
  it('leaves weights that say what they have learned', async () => {
    expect(await provenanceOf('run')).toMatchObject({ elements: ['H', 'C', 'N', 'O'], levels: ['mmff94s'], epochs: 2 });
    expect(await provenanceOf('run')).not.toHaveProperty('from');
  });

  it('leaves a report', async () => {
    const files = ['checkpoint.safetensors', 'metrics.csv', 'metrics.jsonl', 'report.html', 'weights.safetensors'];
    expect((await readdir(at('run'))).sort()).toEqual(files);
    const page = await pageOf(at('run/report.html'));
    expect(idsOf(page)).toEqual(expect.arrayContaining(['summary', 'curves', 'noise', 'configuration']));
    const text = textOf(page);
    expect(text).toContain('2 of 2 epochs, seed 1');
    expect(text).toContain('random weights');
  });

  it('tells no test error, as there are no test molecules', async () => {
    const { stdout, stderr } = await train('untested', '--epochs', '1');
    expect(stderr).toMatch(/^epoch 1 .* valid \d\.\d{5} \(best so far\)\n/);
    expect(stdout).toMatch(/\n {2}lowest validation error \d\.\d{5} \(epoch 1\)\n/);
    const { best } = await provenanceOf('untested');
    expect(best).toEqual({ epoch: 1, valid: expect.any(Number) });
    const text = textOf(await pageOf(at('untested/report.html')));
    for (const said of [stdout, stderr, text, await readFile(at('untested/metrics.jsonl'), 'utf8')])
      expect(said).not.toMatch(/test error|test"|test \d/);
  });

  it('tells the test error where there are test molecules', async () => {
    const ensembles = ['CCO', 'CN', 'CCCCO', 'CCCl'].map(ensemble);
    await writeDataset(at('tested.safetensors'), ensembles, {}, ['train', 'train', 'valid', 'test']);
    const { stdout } = await train('tested', '--data', at('tested.safetensors'), '--epochs', '1');
    expect(stdout).toMatch(/\n {2}test error \d\.\d{5} at the best validation error, \d\.\d{5} \(epoch 1\)\n/);
    expect(textOf(await pageOf(at('tested/report.html')))).toContain('The test error is only taken where');
  });

  it.each(['denoiser', 'score'])('takes options of every part of training: %s', async (network) => {
    const rate = ['--schedule', 'constant', '--warm-up', '3', '--clip', '2', '--average', '0.5', '--patience', '7'];
    const { exitCode } = await train('parts', '--network', network, ...rate, '--epochs', '1', '--force');
    expect(exitCode).toBe(0);
    expect((await provenanceOf('parts')).training).toMatchObject({
      schedule: { kind: 'constant' },
      warmUp: 3,
      patience: 7,
      optimizer: { clipNorm: 2, averageDecay: 0.5, averageWarmUp: true },
    });
  });

  it('says of weights that it started from other weights, in the provenance and in the report', async () => {
    const from = at('run/weights.safetensors');
    const { exitCode, stdout } = await train('second', '--from', from, '--epochs', '1', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).files.report).toBe(at('second/report.html'));
    const sha256 = hashWeights(decodeDenoiserFile(await readSafetensors(from), from).weights);
    expect(await provenanceOf('second')).toMatchObject({ from: { file: 'weights.safetensors', sha256 } });
    expect(textOf(await pageOf(at('second/report.html')))).toContain(`weights.safetensors, ${sha256}`);
    const resumed = await runClofnet('conformers', 'train', '--resume', '--out', at('second'));
    expect(resumed.exitCode).toBe(0);
    expect(await provenanceOf('second')).toMatchObject({ from: { file: 'weights.safetensors', sha256 } });
  });
});

describe('clofnet conformers train --network score', () => {
  const trainScore = (run: string, ...options: string[]) => train(run, '--network', 'score', ...options);

  it('leaves weights of a score network, and a report, and goes on', async () => {
    const { exitCode, stdout } = await trainScore('score', '--epochs', '2');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('trained a score network for 2 epochs');
    const { metadata } = await readSafetensors(at('score/weights.safetensors'));
    expect(JSON.parse(metadata.model)).toMatchObject({ model: 'score', hidden: 8, layers: 1 });
    expect(await provenanceOf('score')).toMatchObject({
      elements: ['H', 'C', 'N', 'O'],
      noise: { count: 50, largest: 10, smallest: 0.01 },
      training: { dropout: 0.1 },
    });
    const page = await pageOf(at('score/report.html'));
    expect(idsOf(page)).toEqual(expect.arrayContaining(['summary', 'curves', 'noise', 'configuration']));
    expect(textOf(page)).toContain('Errors are the losses of score matching');
    expect(await runClofnet('conformers', 'train', '--resume', '--out', at('score'))).toMatchObject({ exitCode: 0 });
  });

  it('starts from weights of a score network alone', async () => {
    const from = at('run/weights.safetensors');
    const wrong = await trainScore('wrong', '--from', from);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('give --network denoiser to start') });
    const right = await trainScore('right', '--from', at('score/weights.safetensors'), '--epochs', '1');
    expect(right.exitCode).toBe(0);
  });

  it('takes the network from the configuration file, and refuses what contradicts it', async () => {
    await writeFile(at('score.json'), '{ "network": "score", "training": { "epochs": 1, "dropout": 0 } }');
    const { exitCode, stdout } = await train('by-file', at('score.json'), '--json');
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 0, network: 'score', epochs: 1 });
    const other = await train('x', at('score.json'), '--network', 'denoiser');
    expect(other).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('configures the score network but --network is denoiser; give only one'),
    });
    const vectors = await trainScore('x', '--vectors', '2');
    expect(vectors).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--vectors applies only to the denoiser'),
    });
  });
});

describe('clofnet conformers report', () => {
  const report = (...options: string[]) => runClofnet('conformers', 'report', ...options);

  it('writes the report anew, with a title', async () => {
    const out = at('again.html');
    const { exitCode, stdout } = await report(at('run'), '-o', out, '--title', 'A <first> run', '--json');
    expect(exitCode).toBe(0);
    const { best, noise, file } = JSON.parse(stdout);
    expect({ file, epoch: best.epoch }).toEqual({ file: out, epoch: expect.any(Number) });
    expect(noise.map(({ sigma }: { sigma: number }) => sigma)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(textOf(findAll(await pageOf(out), 'h1')[0])).toBe('A <first> run');
  });

  it('draws no test error of a run of 0.1.0, which took the validation molecules for a test', async () => {
    await cp(at('run'), at('before'), { recursive: true });
    const lines = (await readFile(at('run/metrics.jsonl'), 'utf8')).replaceAll(/("valid":)([\d.]+)/g, '$1$2,"test":$2');
    await writeFile(at('before/metrics.jsonl'), lines);
    const { stdout } = await report(at('before'), '-o', at('before.html'), '--json');
    expect(lines).toContain('"test"');
    expect(JSON.parse(stdout).best).toEqual({ epoch: expect.any(Number), valid: expect.any(Number) });
    expect(textOf(await pageOf(at('before.html')))).not.toMatch(/test error/i);
  });

  it('does without data that are not there any more, and says so', async () => {
    const moved = at('moved.html');
    await rm(at('gone'), { recursive: true, force: true });
    const { molecule, conformers, level } = ensemble('CCO');
    await writeDataset(at('gone.safetensors'), [{ molecule, conformers, level }, ensemble('CN')], {}, [
      'train',
      'valid',
    ]);
    await train('gone', '--data', at('gone.safetensors'), '--epochs', '1');
    await rm(at('gone.safetensors'));
    const { exitCode, stderr } = await report(at('gone'), '-o', moved);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: The data set could not be read \(.*gone\.safetensors.*\); errors by noise level/);
    expect(idsOf(await pageOf(moved))).toEqual(['summary', 'curves', 'configuration']);
    const other = await report(at('gone'), '--force', '-o', moved, '--data', at('data.safetensors'));
    expect(other.stderr).toContain('holds other conformers than the run was trained with');
    const missing = await report(at('gone'), '--force', '-o', moved, '--data', at('none.safetensors'));
    expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('is HTML', async () => {
    const { exitCode, stderr } = await report(at('run'), '-o', at('data.safetensors'));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--out takes a file that ends in .html, not ')]);
  });

  it('refuses what is no run', async () => {
    const none = await report(at('none'));
    expect(none).toMatchObject({ exitCode: 2, stdout: '' });
    expect(none.stderr).toContain("give one that 'clofnet conformers train' wrote");
    expect((await report(folder)).stderr).toContain('holds no training run');
  });
});
