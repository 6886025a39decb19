import { describe, expect, test } from 'vitest';
import { rollOutErrors, stretchFor } from '../../../src/newton/evaluation/roll-out-errors.js';
import type { Predictor, SystemBatch } from '../../../src/newton/networks/index.js';
import { goOn } from '../../../src/newton/simulation/law-of-set.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { reachOfFloat32 } from '../../../src/newton/simulation/reach.js';
import { simulate } from '../../../src/newton/simulation/simulate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const bodies = 3;
const law = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies, steps: 2001 });
const states = drawInitialStates(law, { train: 0, valid: 0, test: 5 }, 2).test;
const set = simulate(law, states);
const stretch = { start: 1, gap: 5, steps: 3 };

/** The simulator as a network would be: float32 in and out, five snapshots ahead. */
const simulator: Pick<Predictor, 'predict'> = {
  async predict({ sizes, positions, velocities, charges }: SystemBatch) {
    const moved = { positions: new Float32Array(positions), velocities: new Float32Array(velocities) };
    const place = (k: number): number => (k % bodies) * 3 + Math.floor(k / bodies);
    for (let t = 0; t < sizes.length; t++) {
      const [from, to] = [9 * t, 9 * (t + 1)];
      const columns = (rows: Float32Array) =>
        Float64Array.from({ length: 9 }, (_, k) => rows.subarray(from, to)[place(k)]);
      const own = Float64Array.from(charges.subarray(3 * t, 3 * t + 3));
      const state = { loc: columns(positions), vel: columns(velocities), charges: own, edges: states[t].edges };
      const { loc, vel } = goOn(law, state, 5);
      for (let k = 0; k < 9; k++) {
        moved.positions[from + place(k)] = loc[36 + k];
        moved.velocities[from + place(k)] = vel[36 + k];
      }
    }
    return moved;
  },
};

describe('the errors of a roll-out', () => {
  test('of the simulator are those of float32', async () => {
    const steps = await rollOutErrors(simulator, set, { stretch, time: 0.5, law });
    expect(steps.map(({ step, time }) => [step, time])).toEqual([
      [1, 0.5],
      [2, 1],
      [3, 1.5],
    ]);
    const { meanSquaredError } = await reachOfFloat32(law, set, { start: 1, end: 6 });
    expect(steps[0].network.meanSquaredError).toBeLessThan(3 * meanSquaredError[4] + 1e-13);
    for (const { network, straightLine, energy, momentum } of steps) {
      expect(network.meanSquaredError).toBeLessThan(1e-6);
      expect(straightLine.meanSquaredError).toBeGreaterThan(1e-3);
      expect(energy?.truth).toBeLessThan(1e-3);
      expect(energy?.network).toBeLessThan(1e-3);
      expect(momentum?.network).toBeLessThan(1e-5);
    }
  });

  test('of a straight flight are those of the straight line, its energy off by what it gains', async () => {
    const flight: Pick<Predictor, 'predict'> = {
      predict: async ({ positions, velocities }) => ({
        positions: positions.map((x, k) => x + 0.5 * velocities[k]),
        velocities,
      }),
    };
    const steps = await rollOutErrors(flight, set, { stretch, time: 0.5, law, count: 4 });
    for (const { network, straightLine, energy } of steps) {
      expect(network.meanSquaredError / straightLine.meanSquaredError).toBeCloseTo(1, 4);
      expect(network.meanDistance / straightLine.meanDistance).toBeCloseTo(1, 4);
      expect(energy?.network).toBeGreaterThan(1e-2);
    }
    const plain = await rollOutErrors(flight, set, { stretch, time: 0.5 });
    expect(plain[0].energy).toBeUndefined();
    expect(plain[2].network).not.toEqual(steps[2].network);
  });
});

describe('where a roll-out starts', () => {
  const choice = { input: 30, target: 40 };
  test.each([
    [1, 30],
    [2, 28],
    [4, 8],
  ])('for %i steps of ten: at snapshot %i of 49', (steps, start) => {
    expect(stretchFor(choice, steps, { snapshots: 49 })).toEqual({ start, gap: 10, steps });
  });

  test('is nowhere in short trajectories', () => {
    expect(() => stretchFor(choice, 5, { snapshots: 49 })).toThrow(
      'trajectories of 49 snapshots are too short for 5 steps of 10 snapshots; use steps 4',
    );
  });
});

test('errors of positions know nothing of velocities', async () => {
  const wild: Pick<Predictor, 'predict'> = {
    predict: async (batch) => ({ ...(await simulator.predict(batch)), velocities: batch.velocities.map(() => 9) }),
  };
  const [first] = await rollOutErrors(wild, set, { stretch: { ...stretch, steps: 1 }, time: 0.5, law });
  const [same] = await rollOutErrors(simulator, set, { stretch: { ...stretch, steps: 1 }, time: 0.5, law });
  expect(first.network).toEqual(same.network);
  expect(first.momentum?.network).toBeGreaterThan(10);
});
