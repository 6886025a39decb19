import { describe, expect, it } from 'vitest';
import { datasetHash } from '../../../src/newton/data/dataset-hash.node.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../../src/newton/simulation/simulate.js';
import { simulateParallel } from '../../../src/newton/simulation/simulate-parallel.node.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 3, steps: 301 });
const states = drawInitialStates(simulation, { train: 60, valid: 30, test: 0 });

describe('simulation on several threads', () => {
  it.each([1, 2, 3])('gives the numbers of one thread with %d workers', async (workers) => {
    const calls: [number, number][] = [];
    const onProgress = (done: number, total: number) => calls.push([done, total]);
    const sets = await simulateParallel(simulation, states, { workers, onProgress });
    expect(sets).toEqual(simulateSplits(simulation, states));
    expect(calls.at(-1)).toEqual([90, 90]);
    expect(calls.every(([done, total], i) => total === 90 && (i === 0 || done > calls[i - 1][0]))).toBe(true);
  });

  it('stops at a signal, before and underway', async () => {
    await expect(simulateParallel(simulation, states, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    const running = simulateParallel(simulation, states, { workers: 1, onProgress, signal: controller.signal });
    await expect(running).rejects.toThrow('enough');
  });

  it('passes on what goes wrong in a thread or in the progress callback', async () => {
    const broken = { ...simulation, kind: 'charged', softening: 0 } as const;
    const meeting = { ...states.train[0], loc: new Float64Array(9) };
    const failing = simulateParallel(broken, { train: [meeting], valid: [], test: [] }, { workers: 1 });
    await expect(failing).rejects.toThrow('two bodies collided');
    const onProgress = () => {
      throw new Error('no bar');
    };
    await expect(simulateParallel(simulation, states, { workers: 1, onProgress })).rejects.toThrow('no bar');
  });

  it('refuses zero workers', async () => {
    await expect(simulateParallel(simulation, states, { workers: 0 })).rejects.toThrow('the number of workers');
  });
});

describe('the hash of a data set', () => {
  it('depends on every number and the shape', () => {
    const { train } = simulateSplits(simulation, states);
    const hash = datasetHash(train);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(datasetHash({ ...train, loc: train.loc.slice() })).toBe(hash);
    const charges = train.charges.map((charge, i) => (i === 7 ? -charge : charge));
    expect(datasetHash({ ...train, charges })).not.toBe(hash);
    expect(datasetHash({ ...train, trajectories: 20, snapshots: 6 })).not.toBe(hash);
  });
});
