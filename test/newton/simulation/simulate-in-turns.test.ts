import { describe, expect, it } from 'vitest';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../../src/newton/simulation/simulate.js';
import { simulateInTurns } from '../../../src/newton/simulation/simulate-in-turns.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const simulation = defineSimulation({ kind: 'dynamic', protocol: 'clofnet', bodies: 3, steps: 301 });
const states = drawInitialStates(simulation, { train: 12, valid: 5, test: 0 });

describe('simulation in turns', () => {
  it('gives the numbers of simulation in one go', async () => {
    const calls: [number, number][] = [];
    const sets = await simulateInTurns(simulation, states, { onProgress: (...call) => calls.push(call) });
    expect(sets).toEqual(simulateSplits(simulation, states));
    expect(calls).toEqual(Array.from({ length: 17 }, (_, k) => [k + 1, 17]));
  });

  it('stops at a signal, before and underway', async () => {
    await expect(simulateInTurns(simulation, states, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    const controller = new AbortController();
    let last = 0;
    const onProgress = (done: number): void => {
      last = done;
      if (done === 4) controller.abort(new Error('enough'));
    };
    await expect(simulateInTurns(simulation, states, { onProgress, signal: controller.signal })).rejects.toThrow(
      'enough',
    );
    expect(last).toBe(4);
  });

  it('gives events their turn', async () => {
    const long = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 10 });
    const many = drawInitialStates(long, { train: 60, valid: 0, test: 0 });
    const controller = new AbortController();
    const running = simulateInTurns(long, many, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('a timer came through')));
    await expect(running).rejects.toThrow('a timer came through');
  });
});
