import { describe, expect, it } from 'vitest';
import { divergence, predictableSnapshots } from '../../../src/newton/simulation/divergence.js';
import { drawInitialState } from '../../../src/newton/system/initial.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { NumpyRandom } from '../../../src/random/numpy-random.js';

describe('divergence', () => {
  it('stays at the size of rounding for a lone body', () => {
    const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 1 });
    const apart = divergence(simulation, drawInitialState(simulation, new NumpyRandom(1)));
    expect(Math.max(...apart)).toBeLessThan(1e-14);
    expect(predictableSnapshots(apart, 1e-9)).toBe(49);
  });

  it('never falls, and ends large where bodies nearly collide (20 bodies, seed 1003)', () => {
    const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 20 });
    const apart = divergence(simulation, drawInitialState(simulation, new NumpyRandom(1003)));
    expect(apart.every((value, snapshot) => snapshot === 0 || value >= apart[snapshot - 1])).toBe(true);
    expect(apart[48]).toBeGreaterThan(0.1);
    const snapshots = predictableSnapshots(apart, 1e-6);
    expect(snapshots).toBeGreaterThan(3);
    expect(snapshots).toBeLessThan(20);
  });

  it('counts snapshots up to the first that is not fixed', () => {
    expect(predictableSnapshots(Float64Array.of(1e-15, 1e-12, 1e-7, 1e-15), 1e-9)).toBe(2);
    expect(predictableSnapshots(Float64Array.of(1), 1e-9)).toBe(0);
  });
});
