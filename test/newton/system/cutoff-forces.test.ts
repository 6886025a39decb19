import { describe, expect, it } from 'vitest';
import { drawInitialState } from '../../../src/newton/system/initial.js';
import { pairForces, pairPotential } from '../../../src/newton/system/pair-forces.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { NumpyRandom } from '../../../src/random/numpy-random.js';
import { expectClose } from '../../support/close.js';

const softening = 1e-6;
const forcesAt = (loc: Float64Array, charges: Float64Array, cutoff?: number): Float64Array => {
  const force = new Float64Array(loc.length);
  pairForces(charges, { softening, cutoff })(loc, new Float64Array(loc.length), force);
  return force;
};
/** Two equal charges at a distance. */
const pairAt = (r: number): Float64Array => Float64Array.of(r, 0, 0, 0, 0, 0);
const EQUAL = Float64Array.of(1, 1);

describe('forces with a cutoff', () => {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 150 });
  const { loc, charges } = drawInitialState(simulation, new NumpyRandom(4));

  it('are the sum over the pairs within reach, each shifted to end at zero', () => {
    const cutoff = 2;
    const n = 150;
    const expected = new Float64Array(3 * n);
    const atCutoff = cutoff / (cutoff ** 2 + softening) ** 1.5;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const apart = [0, 1, 2].map((axis) => loc[axis * n + i] - loc[axis * n + j]);
        const r = Math.hypot(...apart);
        if (i === j || r >= cutoff) continue;
        const along = charges[i] * charges[j] * (r / (r ** 2 + softening) ** 1.5 - atCutoff);
        for (const axis of [0, 1, 2]) expected[axis * n + i] += (along * apart[axis]) / r;
      }
    }
    expectClose(forcesAt(loc, charges, cutoff), [...expected], 1e-10);
  });

  it('come to those of all pairs as the cutoff grows', () => {
    const far = forcesAt(loc, charges);
    const errors = [30, 3000].map((cutoff) =>
      forcesAt(loc, charges, cutoff).reduce((most, f, k) => Math.max(most, Math.abs(f - far[k])), 0),
    );
    expect(errors[0]).toBeLessThan(150 / 30 ** 2);
    expect(errors[1]).toBeLessThan(150 / 3000 ** 2);
  });

  it('end without a jump, as does their energy', () => {
    const energy = (r: number): number => pairPotential(EQUAL, { softening, cutoff: 2 })(pairAt(r));
    expect(forcesAt(pairAt(1.9999), EQUAL, 2)[0]).toBeCloseTo(0.0001 / 4, 8);
    expect(energy(1.9999)).toBeCloseTo(0, 8);
    expect([forcesAt(pairAt(2), EQUAL, 2)[0], energy(2)]).toEqual([0, 0]);
    expect(energy(1)).toBeCloseTo(1 - 1 / 2 - 1 / 4, 5);
  });

  it('are finite where two bodies meet', () => {
    expect([...forcesAt(pairAt(0), EQUAL, 2)]).toEqual([0, 0, 0, 0, 0, 0].map(() => expect.closeTo(0)));
  });
});

describe('a cutoff', () => {
  it('is for forces of pairs, and above 0', () => {
    const parts = { kind: 'charged', protocol: 'clofnet', bodies: 3 } as const;
    expect(() => defineSimulation({ ...parts, kind: 'springs', cutoff: 1 })).toThrow(
      'forces between bodies on springs have no cutoff',
    );
    expect(() => defineSimulation({ ...parts, cutoff: 0 })).toThrow('the cutoff must be a number above 0, not 0');
    expect(() => defineSimulation({ ...parts, softening: -1 })).toThrow('the softening must be a number of at least 0');
    expect(() => defineSimulation({ ...parts, timeStep: 0 })).toThrow('the time step must be a number above 0');
  });
});
