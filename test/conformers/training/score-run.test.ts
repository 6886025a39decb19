import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeConformerWeights } from '../../../src/conformers/networks/conformer-weights.js';
import { openConformerRuns } from '../../../src/conformers/training/conformer-runs.node.js';
import { readSafetensors } from '../../../src/files/safetensors-file.node.js';
import { initialize, type Weights } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import { resumeRun, startRun } from '../../../src/training/start-run.node.js';
import { untimedMetrics } from '../../support/untimed.js';
import { tinyScoreConfig, writeTinyDataset } from '../support/score-run.js';

let folder = '';
let data = '';
const at = (name: string): string => join(folder, name);

const runs = await openConformerRuns();
const start = (run: string, training: object = {}, more: { signal?: AbortSignal; onStep?: () => void } = {}) =>
  startRun(runs, tinyScoreConfig(data, training), { folder: at(run), workers: 2, ...more });

/** All that a run leaves, but for its checkpoint and its seconds. */
const left = async (run: string) => [
  await untimedMetrics(at(run)),
  await readFile(join(at(run), 'weights.safetensors')),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  data = await writeTinyDataset(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('training a score network', () => {
  test('lowers the loss, and leaves the random frequencies as they were drawn', async () => {
    const { metrics, files } = await start('long', { epochs: 25 });
    expect(metrics[24].train).toBeLessThan(0.5 * metrics[0].train);
    expect(metrics[24].valid).toBeLessThan(0.5 * (metrics[0].valid ?? 0));
    const { network, weights } = await decodeConformerWeights(await readSafetensors(files.weights), files.weights);
    const first: Weights = initialize(network.parameters, Rng.fromSeed(1).fork('weights'));
    for (const { name, trainable } of network.parameters) {
      if (trainable) continue;
      expect(weights.get(name)).toEqual(first.get(name));
    }
  });

  test('goes on after an interruption to the very bytes of an undisturbed run', async () => {
    await start('undisturbed');
    const controller = new AbortController();
    let steps = 0;
    const onStep = (): void => {
      if (++steps === 3) controller.abort();
    };
    const { finished } = await start('stopped', {}, { signal: controller.signal, onStep });
    expect(finished).toBe(false);
    const resumed = await resumeRun(runs, { folder: at('stopped') });
    expect(resumed.finished).toBe(true);
    expect(await left('stopped')).toEqual(await left('undisturbed'));
  });

  test('with another seed has other noise', async () => {
    const from = join(at('undisturbed'), 'weights.safetensors');
    // A rate of almost nothing: what differs in the validation error is the noise.
    const errorOf = async (seed: number): Promise<number | undefined> => {
      const config = tinyScoreConfig(data, { epochs: 1, rate: 1e-12, seed });
      const options = { folder: at(`seed ${seed}`), workers: 1, force: true, from };
      return (await startRun(runs, config, options)).metrics[0].valid;
    };
    const [one, again, two] = [await errorOf(1), await errorOf(1), await errorOf(2)];
    expect(again).toBe(one);
    expect(two).not.toBe(one);
  });
});
