import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readComparedRun } from '../../src/training/compared-run.node.js';
import { ensureRun } from '../../src/training/ensure-run.node.js';
import { startRun } from '../../src/training/start-run.node.js';
import { heapsAboutPlane, planeTrainee } from './support/plane.js';

const here = { train: heapsAboutPlane(23, 1), valid: heapsAboutPlane(40, 2), test: heapsAboutPlane(9, 3) };
const other = { ...here, train: heapsAboutPlane(23, 4) };
const plane = planeTrainee({ here, moved: here, other });
const configOf = (training: object = {}, data = 'here') =>
  plane.config.parse({ data, training: { epochs: 4, batch: 5, evaluateEvery: 2, ...training } });

let folder = '';
const at = (name: string): string => join(folder, name);
const weights = (name: string) => readFile(join(at(name), 'weights.safetensors'));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await startRun(plane, configOf(), { folder: at('whole'), workers: 1 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('a run that is seen to', () => {
  it('is started, continued, and then left as it is', async () => {
    const controller = new AbortController();
    let steps = 0;
    const onStep = (): void => {
      steps++;
      if (steps === 6) controller.abort();
    };
    const ensure = (signal?: AbortSignal) =>
      ensureRun(plane, configOf(), { folder: at('run'), workers: 1, signal, onStep });
    expect(await ensure(controller.signal)).toMatchObject({ finished: false, kept: false });
    expect(await ensure()).toMatchObject({ finished: true, kept: false });
    expect(steps).toBe(16);
    expect(await ensure()).toEqual({ finished: true, kept: true });
    expect(steps).toBe(16);
    expect(await weights('run')).toEqual(await weights('whole'));
  });

  it('is finished where its patience has ended', async () => {
    const config = configOf({ epochs: 40, evaluateEvery: 1, patience: 1, rate: 3 });
    const ensure = () => ensureRun(plane, config, { folder: at('early'), workers: 1 });
    expect(await ensure()).toMatchObject({ finished: true, kept: false, stoppedEarly: true });
    expect(await ensure()).toEqual({ finished: true, kept: true });
  });

  it('is the same on the same data elsewhere, and with other minutes between checkpoints', async () => {
    const config = configOf({ checkpointMinutes: 1 }, 'moved');
    expect(await ensureRun(plane, config, { folder: at('whole') })).toEqual({ finished: true, kept: true });
  });

  it.each([
    ['other settings', configOf({ rate: 0.5 }), {}, 'has training.rate 0.01, not 0.5'],
    ['a setting more', configOf({ optimizer: { clipNorm: 1 } }), {}, 'has training.optimizer.clipNorm not set, not 1'],
    ['other data', configOf({}, 'other'), {}, 'was trained on other data'],
    ['other threads', configOf(), { workers: 2 }, 'has workers 1, not 2'],
  ])('is not taken for one of %s', async (_, config, options, difference) => {
    await expect(ensureRun(plane, config, { folder: at('whole'), ...options })).rejects.toThrow(
      `the run in ${at('whole')} ${difference}; give force to train it anew, or give another out`,
    );
  });

  it('takes the place of another where that is forced', async () => {
    const config = configOf({ rate: 0.05 });
    await startRun(plane, configOf(), { folder: at('old'), workers: 1 });
    const forced = { folder: at('old'), workers: 1, force: true };
    expect(await ensureRun(plane, config, forced)).toMatchObject({ finished: true, kept: false });
    expect(await ensureRun(plane, config, forced)).toEqual({ finished: true, kept: true });
  });
});

describe('a run that is read to be compared', () => {
  it('tells what it came to', async () => {
    const run = await readComparedRun(plane, at('whole'), 'one');
    expect(run).toMatchObject({ name: 'one', finished: true, epochs: 4, steps: 16, parameters: 3 });
    expect(run.best).toEqual({ epoch: expect.any(Number), valid: expect.any(Number), test: expect.any(Number) });
    expect(run.seconds).toBe(run.metrics[3].seconds);
    expect(run.seconds).toBeGreaterThan(0);
  });

  it('need not be finished, nor ever evaluated', async () => {
    const controller = new AbortController();
    const onStep = () => controller.abort();
    await startRun(plane, configOf(), { folder: at('begun'), workers: 1, signal: controller.signal, onStep });
    const run = await readComparedRun(plane, at('begun'));
    expect(run).toMatchObject({ finished: false, best: null, epochs: 0, steps: 1, metrics: [], seconds: null });
  });
});
