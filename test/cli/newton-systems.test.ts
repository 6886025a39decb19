import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../src/files/extended-xyz.js';
import { readModelFile } from '../../src/newton/networks/read-model-file.node.js';
import { runClofnet } from './support/run.js';
import { writeTinyConfig } from './support/tiny-run.js';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command that must succeed, and gives its JSON. */
async function succeed(...words: string[]) {
  const { exitCode, stdout, stderr } = await runClofnet('newton', ...words, '--json', '--quiet');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

const COUNTS = ['--bodies', '4', '--train', '60', '--valid', '12', '--test', '12', '--workers', '1'];

/** Simulates, trains, evaluates and reports; snapshots 0.02 apart, so that targets are 0.08 ahead. */
async function wholeWay(system: string, model: object, epochs = 1) {
  const [data, run] = [at(`${system}-data`), at(`${system}-run`)];
  const length = ['--steps', '121', '--sample-every', '20', '--time-step', '0.001'];
  await succeed('simulate', '--system', system, ...COUNTS, ...length, '--out', data);
  const changes = { model, data: { input: 0, target: 4 }, training: { epochs, batch: 20 } };
  const config = await writeTinyConfig(at(`${system}.jsonc`), data, changes);
  await succeed('train', config, '--workers', '1', '--out', run);
  const weights = join(run, 'weights.safetensors');
  const evaluation = await succeed('evaluate', '--weights', weights, '--data', data);
  const report = at(`${system}.html`);
  await succeed('report', run, '--out', report);
  return { data, weights, evaluation, report: await readFile(report, 'utf8') };
}

describe('springs', () => {
  it('are learned from their edges, and predicted from a file that has them', async () => {
    const { data, weights, evaluation, report } = await wholeWay('springs', { edges: 'given' });
    expect(evaluation).toMatchObject({ set: 'springs4_initvel1small_4body', time: 0.08 });
    expect(evaluation.equivariance).toBeLessThan(1e-4);
    expect(report).toContain('springs4_initvel1small_4body');
    expect((await readModelFile(weights)).provenance.data).toMatchObject({ spacing: 0.02 });

    const bodies = ['A 0 0 0', 'A 1 0 0', 'A 0 1 0'].map((body) => `${body} 0 0 .5 1`);
    const write = (name: string, edges: readonly string[]): Promise<void> =>
      writeFile(
        at(name),
        `3\nProperties=species:S:1:pos:R:3:vel:R:3:charge:R:1:edges:R:3\n${bodies.map((body, k) => `${body} ${edges[k]}`).join('\n')}\n`,
      );
    await write('joined.xyz', ['0 1 0', '1 0 0', '0 0 0']);
    await write('loose.xyz', ['0 0 0', '0 0 0', '0 0 0']);
    const predicted = async (name: string) => {
      await succeed('predict', at(name), '--weights', weights, '--out', at(`out-${name}`));
      return parseExtendedXyz(await readFile(at(`out-${name}`), 'utf8'), name)[0].positions;
    };
    expect(await predicted('joined.xyz')).not.toEqual(await predicted('loose.xyz'));

    await writeFile(at('none.xyz'), `1\nProperties=species:S:1:pos:R:3:vel:R:3:charge:R:1\n${bodies[0]}\n`);
    const none = await runClofnet('newton', 'predict', at('none.xyz'), '--weights', weights);
    expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the structure has no edges') });

    const config = await writeTinyConfig(at('blind.jsonc'), data, { data: { input: 0, target: 4 } });
    const blind = await runClofnet('newton', 'train', config, '--out', at('blind'));
    expect(blind).toMatchObject({ exitCode: 2, stdout: '' });
    expect(blind.stderr).toMatch(/which bodies of springs4_\w+ are joined .* --edges given\n$/);
  });
});

describe('masses that attract each other', () => {
  it('go the whole way', async () => {
    const { evaluation } = await wholeWay('gravity', { charges: true });
    expect(evaluation).toMatchObject({ set: 'gravity4_initvel1small_4body', time: 0.08 });
  });
});

describe('the spacing of snapshots', () => {
  it('is not to be contradicted', async () => {
    await succeed('simulate', ...COUNTS, '--steps', '51', '--sample-every', '10', '--out', at('near'));
    const config = await writeTinyConfig(at('far.jsonc'), at('near'), { data: { input: 0, target: 3, spacing: 0.5 } });
    const { exitCode, stderr } = await runClofnet('newton', 'train', config, '--out', at('far'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('(data.spacing) is 0.5, but the snapshots of the set are 0.01 apart');
  });
});
