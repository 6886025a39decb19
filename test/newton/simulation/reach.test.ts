import { describe, expect, test } from 'vitest';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { predictableShare, type Reach, reachOfFloat32 } from '../../../src/newton/simulation/reach.js';
import { simulate } from '../../../src/newton/simulation/simulate.js';
import { integrate } from '../../../src/newton/system/integrate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const law = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 4, steps: 2001 });
const states = drawInitialStates(law, { train: 0, valid: 0, test: 6 }, 5).test;
const set = simulate(law, states);

describe('the reach of float32', () => {
  test('is how far the simulator goes astray that starts from rounded numbers', async () => {
    const reach = await reachOfFloat32(law, set, { start: 3, end: 7 });
    expect(reach).toMatchObject({ systems: 6, times: [0.1, 0.2, 0.3, 0.4] });
    const squares = [0, 0, 0, 0];
    for (let t = 0; t < 6; t++) {
      const at = (snapshot: number) => (t * set.snapshots + snapshot) * 12;
      const [loc, vel] = [set.loc, set.vel].map((all) => Float64Array.from(all.slice(at(3), at(4)), Math.fround));
      const found = integrate({ ...law, steps: 501 }, { ...states[t], loc, vel });
      for (let k = 0; k < 48; k++) squares[Math.floor(k / 12)] += (found.loc[k] - set.loc[at(4) + k]) ** 2 / 72;
    }
    for (const [k, square] of squares.entries()) expect(reach.meanSquaredError[k] / square).toBeCloseTo(1, 9);
    expect(reach.meanSquaredError[0]).toBeGreaterThan(0);
    expect(reach.meanSquaredError[0]).toBeLessThan(1e-13);
  });

  test('of a lone body is that of rounding', async () => {
    const lone = defineSimulation({ ...law, bodies: 1 });
    const alone = simulate(lone, drawInitialStates(lone, { train: 0, valid: 0, test: 3 }, 5).test);
    const { meanSquaredError, meanDistance, apart } = await reachOfFloat32(lone, alone, { start: 0 });
    expect(meanSquaredError).toHaveLength(19);
    expect(Math.max(...meanSquaredError)).toBeLessThan(1e-13);
    expect(Math.max(...meanDistance)).toBeLessThan(1e-6);
    for (const largest of apart) expect(largest.every((x, k) => k === 0 || x >= largest[k - 1])).toBe(true);
  });

  test('tells how it goes, and stops at a signal', async () => {
    const told: number[] = [];
    await reachOfFloat32(law, set, { start: 3, count: 2, onSystem: (done) => told.push(done) });
    expect(told).toEqual([1, 2]);
    const long = simulate(law, new Array<(typeof states)[0]>(400).fill(states[0]));
    const signal = AbortSignal.timeout(60);
    await expect(reachOfFloat32(law, long, { start: 0, signal })).rejects.toThrow(/timeout|aborted/);
  });
});

test('the share that is predictable counts systems until they have parted', () => {
  const apart = [Float64Array.of(0.001, 0.02, 0.02), Float64Array.of(0, 0.005, 0.3)];
  const reach: Reach = { systems: 2, times: [1, 2, 3], meanSquaredError: [], meanDistance: [], apart };
  expect(predictableShare(reach, 0.01)).toEqual([1, 0.5, 0]);
  expect(predictableShare(reach, 0.1)).toEqual([1, 1, 0.5]);
});
