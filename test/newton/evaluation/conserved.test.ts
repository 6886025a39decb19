import { describe, expect, test } from 'vitest';
import { conservedBy, conservedOf, distanceBetween } from '../../../src/newton/evaluation/conserved.js';
import { stateAt } from '../../../src/newton/simulation/law-of-set.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulate } from '../../../src/newton/simulation/simulate.js';
import { systemEnergy } from '../../../src/newton/system/energy.js';
import { SYSTEM_KINDS, type SystemKind } from '../../../src/newton/system/kinds.js';
import { defineSimulation } from '../../../src/newton/system/system.js';

const setOf = (kind: SystemKind) => {
  const law = defineSimulation({ kind, protocol: 'clofnet', bodies: 4, steps: 1001 });
  return { law, set: simulate(law, drawInitialStates(law, { train: 0, valid: 0, test: 3 }, 12).test) };
};

describe.each(SYSTEM_KINDS)('%s', (kind) => {
  const { law, set } = setOf(kind);

  test('keeps its energy, once velocities stand at the time of positions', () => {
    for (let t = 0; t < set.trajectories; t++) {
      const { stored } = conservedOf(law, set, t);
      const start = stateAt(set, t, 0);
      const lagging = systemEnergy(law, start);
      const moved = distanceBetween(stored(0), stored(8)).energy;
      const movedLagging = Math.abs(
        lagging(start.loc, start.vel) - lagging(stateAt(set, t, 8).loc, stateAt(set, t, 8).vel),
      );
      expect(moved).toBeLessThan(2e-3);
      if (kind === 'charged' || kind === 'static') expect(moved).toBeLessThan(movedLagging);
    }
  });

  test('has the same of the rows of a network', () => {
    const { predicted, stored } = conservedOf(law, set, 1);
    const rows = (values: Float64Array): Float32Array =>
      Float32Array.from(values, (_, k) => values[(k % 3) * 4 + Math.floor(k / 3)]);
    const { loc, vel } = stateAt(set, 1, 5);
    const { energy, momentum } = distanceBetween(stored(5), predicted(rows(loc), rows(vel)));
    expect(energy).toBeLessThan(1e-4);
    expect(momentum).toBeLessThan(1e-5);
  });
});

test('total momentum stays where only bodies act on each other, and counts masses', () => {
  for (const kind of ['charged', 'springs', 'gravity'] as const) {
    const { law, set } = setOf(kind);
    const { stored } = conservedOf(law, set, 2);
    expect(distanceBetween(stored(0), stored(8)).momentum).toBeLessThan(1e-9);
  }
  const { law, set } = setOf('static');
  const { stored } = conservedOf(law, set, 0);
  expect(distanceBetween(stored(0), stored(5)).momentum).toBeCloseTo(4 * 0.098 * 0.5, 6);
  const pair = defineSimulation({ kind: 'gravity', protocol: 'clofnet', bodies: 2 });
  const [charges, edges] = [Float64Array.of(2, 3), new Float64Array(4)];
  const of = conservedBy(pair, { charges, edges });
  const { momentum } = of(Float64Array.of(0, 9, 0, 0, 0, 0), Float64Array.of(1, 0, 0, 10, 0, 0));
  expect(momentum[0]).toBeCloseTo(2, 9);
  expect(momentum[1]).toBeCloseTo(30, 9);
});
