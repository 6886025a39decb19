import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { readSafetensors } from '../../src/files/safetensors-file.node.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import type { Checkpoint } from '../../src/training/checkpoint.js';
import { readFinishedRun } from '../../src/training/finished-run.node.js';
import type { EngineOpener } from '../../src/training/gradient-engine.js';
import { onThreads } from '../../src/training/gradient-pool.node.js';
import { onThisThread } from '../../src/training/local-gradients.js';
import { type OpenRunOptions, openRun } from '../../src/training/open-run.js';
import type { RunOptions } from '../../src/training/run.node.js';
import { readMetrics } from '../../src/training/run-folder.node.js';
import { type RunStart, resumeRun, startRun } from '../../src/training/start-run.node.js';
import type { EpochMetrics } from '../../src/training/trainer.js';
import { OWN_FIXTURES } from '../support/fixtures.js';
import { expectClose } from '../support/numeric.js';
import { untimedMetrics, untimedTable } from '../support/untimed.js';
import { heapsAboutPlane, planeTrainee } from './support/plane.js';

/*
 * A trainee that no file of ours knows, through all that trains: its only record is the one in support/plane.ts, and
 * worker threads load that module.
 */
const here = { train: heapsAboutPlane(23, 1), valid: heapsAboutPlane(40, 2), test: heapsAboutPlane(9, 3) };
const plane = planeTrainee({ here, there: here, other: { ...here, train: heapsAboutPlane(23, 4) } });
const config = plane.config.parse({
  training: {
    epochs: 6,
    batch: 5,
    rate: 0.1,
    evaluateEvery: 2,
    optimizer: { averageDecay: 0.5 },
    checkpointMinutes: 1e-6,
  },
});

/** A signal that stops after so many steps. */
function stopAfter(steps: number): Required<Pick<RunOptions, 'signal' | 'onStep'>> {
  const controller = new AbortController();
  return { signal: controller.signal, onStep: () => void (--steps === 0 && controller.abort()) };
}

describe('openRun', () => {
  /** The metrics of every epoch, and where training ended. */
  async function train(engines: EngineOpener, { events, ...options }: OpenRunOptions = {}) {
    const metrics: EpochMetrics[] = [];
    const { trainer, close } = await openRun(
      { network: plane.build(), data: here, training: config.training },
      engines,
      { ...options, events: { ...events, onEpoch: (line) => void metrics.push(line) } },
    );
    const { checkpoint } = await trainer.run();
    await close();
    return { metrics, checkpoint: structuredClone<Checkpoint>({ ...checkpoint, state: { ...checkpoint.state } }) };
  }

  it('trains on the calling thread and on worker threads, one of which takes the very same steps', async () => {
    const local = await train(onThisThread(await openRuntime()));
    expect(local).toEqual(await train(onThreads({ workers: 1 })));
    const two = await train(onThreads({ workers: 2 }));
    for (const [k, { train: error }] of two.metrics.entries()) expect(error).toBeCloseTo(local.metrics[k].train, 4);
    expect(local.metrics[5].train).toBeLessThan(0.3 * local.metrics[0].train);
  });

  it.each([
    ['the calling thread', async () => onThisThread(await openRuntime())],
    ['two worker threads', async () => onThreads({ workers: 2 })],
  ])('goes on from a checkpoint as if it had never stopped, on %s', async (_, open) => {
    const whole = await train(await open());
    const { signal, onStep } = stopAfter(10);
    const first = await train(await open(), { signal, events: { onStep } });
    const { checkpoint } = first;
    expect(checkpoint.progress).toMatchObject({ epoch: 2, batch: 2, step: 10 });
    const second = await train(await open(), { checkpoint });
    expect([...first.metrics, ...second.metrics]).toEqual(whole.metrics);
    expect(second.checkpoint).toEqual(whole.checkpoint);
  });

  it('starts from weights that it is given', async () => {
    const weights = new Map([
      ['slope', Float32Array.of(0.5, -2)],
      ['offset', Float32Array.of(1)],
    ]);
    const { metrics } = await train(onThisThread(await openRuntime()), { weights });
    expect(metrics[0].train).toBeLessThan(0.2);
  });
});

describe('a batch', () => {
  it('is learned from as a whole, however little is computed at once', async () => {
    const limits: (number | undefined)[] = [];
    const runs = [];
    for (const microBatchEdges of [1, 7, 6400]) {
      const runtime = onThisThread(await openRuntime());
      const engines: EngineOpener = {
        ...runtime,
        open: (work) => {
          limits.push(work.microBatchEdges);
          return runtime.open(work);
        },
      };
      const training = { ...config.training, batch: 20, microBatchEdges };
      const { trainer, close } = await openRun({ network: plane.build(), data: here, training }, engines);
      runs.push((await trainer.run()).checkpoint);
      await close();
    }
    expect(limits).toEqual([1, 7, 6400]);
    for (const { state } of runs) expectClose([...state.weights], [...runs[2].state.weights], 1e-5);
  });
});

describe('a run of version 0.1.0', () => {
  it('goes on to the numbers that it would have come to', async () => {
    // Left by clofnet 0.1.0 after 10 of 24 steps, with a moving average and a cosine; metrics-whole.jsonl and the weights
    // below are those that it came to by itself.
    const fixture = join(OWN_FIXTURES, 'training/run-0.1.0');
    const folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
    await cp(fixture, folder, { recursive: true });
    const { finished, checkpoint, metrics } = await resumeRun(plane, { folder });
    expect(finished).toBe(true);
    const expected = (await readFile(join(fixture, 'metrics-whole.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(metrics).toHaveLength(expected.length);
    for (const [k, line] of expected.entries()) {
      const known: EpochMetrics = JSON.parse(line);
      expect(Object.keys(metrics[k])).toEqual(Object.keys(known));
      expectClose(Object.values(metrics[k]), Object.values(known), 1e-6);
    }
    expectClose([...checkpoint.bestWeights], [0.7426359057426453, -0.7352316379547119, 0.6083769798278809], 1e-6);
    const { description } = await readFinishedRun(plane, folder);
    expect(plane.config.parse(description.config)).toEqual(description.config);
    await rm(folder, { recursive: true });
  });
});

describe('a run in a folder', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
    await startRun(plane, config, { folder: at('whole'), workers: 2 });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const filesOf = async (run: string) => {
    const names = (await readdir(at(run))).sort();
    const content = (name: string) => {
      if (name === 'metrics.jsonl') return untimedMetrics(at(run));
      return name === 'metrics.csv' ? untimedTable(at(run)) : readFile(join(at(run), name));
    };
    return Promise.all(names.map(async (name) => [name, await content(name)]));
  };

  it('goes on to the very bytes of an undisturbed one, and builds its network once', async () => {
    const build = vi.fn(plane.build);
    const counted = { ...plane, build };
    expect(await startRun(counted, config, { folder: at('run'), workers: 2, ...stopAfter(10) })).toMatchObject({
      finished: false,
    });
    expect(build).toHaveBeenCalledTimes(1);
    expect(await resumeRun(counted, { folder: at('run') })).toMatchObject({ finished: true });
    expect(build).toHaveBeenCalledTimes(2);
    expect(await filesOf('run')).toEqual(await filesOf('whole'));
  });

  it('counts the seconds of its training, without those that it lay still', async () => {
    const secondsOf = async (run: string) => (await readMetrics(at(run))).map(({ seconds = Number.NaN }) => seconds);
    const start = performance.now();
    await startRun(plane, config, { folder: at('timed'), workers: 2, ...stopAfter(10) });
    const first = (performance.now() - start) / 1000;
    const [one, two] = await secondsOf('timed');
    const { metadata } = await readSafetensors(join(at('timed'), 'checkpoint.safetensors'));
    expect(Number(metadata.seconds)).toBeGreaterThan(two);
    expect(Number(metadata.seconds)).toBeLessThan(first);
    await sleep(1000);
    const again = performance.now();
    await resumeRun(plane, { folder: at('timed') });
    const second = (performance.now() - again) / 1000;
    const seconds = await secondsOf('timed');
    expect(seconds).toHaveLength(6);
    expect(seconds.slice(0, 2)).toEqual([one, two]);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    expect(seconds[2]).toBeGreaterThan(Number(metadata.seconds));
    expect(seconds[5]).toBeLessThan(first + second);
  });

  it('has no seconds where a version trained that did not count them', async () => {
    await startRun(plane, config, { folder: at('old'), workers: 1, ...stopAfter(12) });
    await writeFile(join(at('old'), 'metrics.jsonl'), await untimedMetrics(at('old')));
    const { metrics } = await resumeRun(plane, { folder: at('old') });
    expect(metrics.map(({ epoch, seconds }) => [epoch, seconds])).toEqual(
      [1, 2, 3, 4, 5, 6].map((epoch) => [epoch, undefined]),
    );
  });

  it('goes on to the very bytes of one with evaluations within epochs, whose patience ends', async () => {
    const training = { ...config.training, evaluateEvery: 0.3, patience: 2, warmUp: 2, rate: 3 };
    const given = { ...config, training: { ...training, schedule: { kind: 'cosine', floor: 0, by: 'step' } as const } };
    const start = (run: string, options: Partial<RunStart> = {}) =>
      startRun(plane, given, { folder: at(run), workers: 2, ...options });
    const whole = await start('early');
    expect(whole).toMatchObject({ finished: true, stoppedEarly: true });
    const { step, best } = whole.checkpoint.progress;
    expect(step).toBeLessThan(24);
    for (const steps of [3, step - 1]) {
      await start('early-cut', { ...stopAfter(steps), force: true });
      expect(await resumeRun(plane, { folder: at('early-cut') })).toMatchObject({ finished: true, stoppedEarly: true });
      expect(await filesOf('early-cut')).toEqual(await filesOf('early'));
    }
    expect(await readFinishedRun(plane, at('early'))).toMatchObject({ best, stoppedEarly: true });
    const { metadata } = await readSafetensors(join(at('early'), 'weights.safetensors'));
    expect(JSON.parse(metadata.provenance)).toMatchObject({ best, stoppedEarly: true });
    await Promise.all(['early', 'early-cut'].map((run) => rm(at(run), { recursive: true })));
  });

  it('leaves its metrics as a table, too', async () => {
    const table = await readFile(join(at('whole'), 'metrics.csv'), 'utf8');
    const [heads, ...rows] = table
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const { metrics } = await readFinishedRun(plane, at('whole'));
    expect(
      rows.map((row) => Object.fromEntries(row.flatMap((cell, k) => (cell === '' ? [] : [[heads[k], +cell]])))),
    ).toEqual(metrics);
  });

  it('without a test set has no test error anywhere', async () => {
    const { test: _, ...sets } = here;
    const { checkpoint, files } = await startRun(planeTrainee({ here: sets }), config, { folder: at('untested') });
    const { best } = checkpoint.progress;
    expect(best).not.toHaveProperty('test');
    expect((await readFinishedRun(plane, at('untested'))).best).toEqual(best);
    expect(await readFile(files.metrics, 'utf8')).not.toContain('test');
    expect((await readSafetensors(files.weights)).metadata.provenance).not.toContain('"test"');
    await rm(at('untested'), { recursive: true });
  });

  it('tells what it was, and leaves weights that tell how they came about', async () => {
    const { description, metrics, best, weightFile } = await readFinishedRun(plane, at('whole'));
    expect(description).toMatchObject({ config, workers: 2, device: 'cpu', origin: { found: 'in a test' } });
    expect(metrics.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    const { tensors, metadata } = await readSafetensors(weightFile);
    expect([...tensors.keys()].sort()).toEqual(['offset', 'slope']);
    expect(JSON.parse(metadata.provenance)).toMatchObject({ found: 'in a test', best, epochs: 6 });
  });

  it('goes on with data that lie elsewhere now, and with no others', async () => {
    const again = (data: string) => resumeRun(plane, { folder: at('whole'), data });
    expect(await again('there')).toMatchObject({ finished: true });
    await expect(again('other')).rejects.toThrow('the heaps other are not those that the run in');
    await expect(again('nowhere')).rejects.toThrow(
      /there are no heaps nowhere; the run in .* was started with another set; give another data/,
    );
  });

  it('is not replaced, nor is anything left of one that cannot start', async () => {
    await expect(startRun(plane, config, { folder: at('whole') })).rejects.toThrow(/there is a run in .* already/);
    const large = { ...config, training: { ...config.training, batch: 24 } };
    await expect(startRun(plane, large, { folder: at('new') })).rejects.toThrow(UserError);
    await expect(startRun(plane, config, { folder: at('new'), device: 'abacus' })).rejects.toThrow('abacus');
    await expect(startRun(plane, config, { folder: at('new'), from: 'w' })).rejects.toThrow('starts from no weights');
    expect((await readdir(folder)).sort()).toEqual(['old', 'run', 'timed', 'whole']);
  });
});
