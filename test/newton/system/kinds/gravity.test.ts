import { describe, expect, it } from 'vitest';
import { systemEnergy } from '../../../../src/newton/system/energy.js';
import { drawInitialState } from '../../../../src/newton/system/initial.js';
import { defineSimulation } from '../../../../src/newton/system/system.js';
import { NumpyRandom } from '../../../../src/random/numpy-random.js';
import { expectClose } from '../../../support/close.js';

describe('masses that attract each other', () => {
  const simulation = defineSimulation({ kind: 'gravity', protocol: 'clofnet', bodies: 5 });
  const { charges: masses, edges, loc, vel } = drawInitialState(simulation, new NumpyRandom(1000));

  it('are drawn as NumPy draws them', () => {
    // r = RandomState(1000); u = r.uniform(size=5); m = (1 + u) / (2 - u); r.randn(3, 5), of which the first row
    expectClose(
      masses,
      [1.2281467579372654, 0.591517798464758, 1.8579127634603856, 0.9765338019711357, 1.66069378795302],
      1e-14,
    );
    expectClose(
      loc.subarray(0, 5),
      [-1.3949549816712998, -0.5373787952847241, -0.42204881000377537, 0.4923952627535204, -0.6469099572960176],
      1e-14,
    );
    expect(edges[1]).toBe(masses[0] * masses[1]);
  });

  it('are between a half and two, m as likely as 1/m', () => {
    const many = defineSimulation({ kind: 'gravity', protocol: 'clofnet', bodies: 2000 });
    const { charges } = drawInitialState(many, new NumpyRandom(1));
    const logarithms = charges.map(Math.log2);
    expect(Math.max(...logarithms.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.abs(logarithms.reduce((sum, x) => sum + x, 0) / 2000)).toBeLessThan(0.05);
  });

  it('are bound, with a centre of mass that rests', () => {
    const energy = systemEnergy(simulation, { charges: masses, edges });
    const potential = energy(loc, new Float64Array(15));
    expect(potential).toBeLessThan(0);
    expect(energy(loc, vel)).toBeCloseTo(potential / 2, 12);
    for (const axis of [0, 1, 2])
      expect(masses.reduce((sum, mass, i) => sum + mass * vel[5 * axis + i], 0)).toBeCloseTo(0, 12);
  });

  it('rest where there is only one', () => {
    const alone = defineSimulation({ kind: 'gravity', protocol: 'clofnet', bodies: 1 });
    expect(Math.hypot(...drawInitialState(alone, new NumpyRandom(2)).vel)).toBe(0);
  });
});
