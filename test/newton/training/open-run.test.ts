import { describe, expect, it } from 'vitest';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../../src/newton/simulation/simulate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { newtonConfigSchema } from '../../../src/newton/training/config.js';
import { examplesOf } from '../../../src/newton/training/experiment-data.js';
import { newtonTask } from '../../../src/newton/training/task.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import type { Checkpoint } from '../../../src/training/checkpoint.js';
import type { EngineOpener } from '../../../src/training/gradient-engine.js';
import { onThreads } from '../../../src/training/gradient-pool.node.js';
import { onThisThread } from '../../../src/training/local-gradients.js';
import { type OpenRunOptions, openRun } from '../../../src/training/open-run.js';
import type { EpochMetrics } from '../../../src/training/trainer.js';

const simulation = defineSimulation({ kind: 'static', protocol: 'clofnet', bodies: 4, steps: 601 });
const sets = simulateSplits(simulation, drawInitialStates(simulation, { train: 20, valid: 6, test: 5 }, 7));
const config = newtonConfigSchema.parse({
  model: { hidden: 8, layers: 2, charges: true, fields: ['gravity'] },
  data: { train: 20, input: 0, target: 4 },
  training: { epochs: 4, batch: 6, evaluateEvery: 1, seed: 3 },
});
const parts = { network: newtonTask.build(config), data: examplesOf(config, sets) };

const clone = ({ progress, state, bestWeights }: Checkpoint): Checkpoint =>
  structuredClone({ progress, state: { ...state }, bestWeights });

/** The metrics of every epoch, and where training ended. */
async function train(engines: EngineOpener, { events, ...options }: OpenRunOptions = {}) {
  const metrics: EpochMetrics[] = [];
  const { trainer, close } = await openRun({ ...parts, training: config.training }, engines, {
    ...options,
    events: { ...events, onEpoch: (line) => void metrics.push(line) },
  });
  const checkpoint = clone((await trainer.run()).checkpoint);
  await close();
  return { metrics, checkpoint };
}

describe('training on the calling thread', () => {
  it('takes the steps of training by one worker thread, to the last bit', async () => {
    const local = await train(onThisThread(await openRuntime()));
    expect(local).toEqual(await train(onThreads({ workers: 1 })));
    expect(local.metrics).toHaveLength(4);
    expect(local.metrics[3].train).toBeLessThan(local.metrics[0].train);
  });

  it('stops at a signal and goes on exactly', async () => {
    const here = onThisThread(await openRuntime());
    const whole = await train(here);
    const controller = new AbortController();
    const { signal } = controller;
    let steps = 0;
    const onStep = (): void => {
      if (++steps === 5) controller.abort();
    };
    const first = await train(here, { events: { onStep }, signal });
    const { checkpoint } = first;
    expect(checkpoint.progress).toMatchObject({ epoch: 1, batch: 2, step: 5 });
    const second = await train(here, { checkpoint });
    expect([...first.metrics, ...second.metrics]).toEqual(whole.metrics);
    expect(second.checkpoint).toEqual(whole.checkpoint);
  });

  it('refuses a batch that is larger than the training set, before anything is opened', async () => {
    const large = { ...config.training, batch: 21 };
    const engines = { shared: false, open: () => Promise.reject(new Error('opened')) };
    const opening = openRun({ ...parts, training: large }, engines);
    await expect(opening).rejects.toThrow('a batch of 21 does not fit into 20 training examples');
  });
});
